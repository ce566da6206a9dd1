import { useState } from 'preact/hooks'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'
import { snippetOf } from '../inboxes/snippet.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Filter } from '../parts/filter.tsx'

/** Of the inbox that is chosen. */
export function WidgetTag() {
  const { api } = useFrame()
  const { data: inboxes } = useLoad(async () => (await api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes')).inboxes, [])
  const [chosen, setChosen] = useState('')
  const [first] = inboxes ?? []
  if (!inboxes || !first) return null
  const key = chosen || first.key
  return (
    <div class="widget-tag">
      {inboxes.length > 1 && (
        <Filter
          label="Inbox"
          all={null}
          value={key}
          choices={inboxes.map((inbox) => [inbox.key, inbox.name])}
          onChange={setChosen}
        />
      )}
      <CopyText label="The widget’s tag" text={snippetOf(location.origin, key)} rows={1} test="snippet" />
    </div>
  )
}
