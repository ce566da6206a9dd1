import { useState } from 'preact/hooks'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { sentenceOf } from '../frame/fault-words.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon, type IconName } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { snippetOf } from '../inboxes/snippet.ts'
import { Badge, type Tone } from '../parts/badge.tsx'
import { CopyText } from '../parts/copy-text.tsx'
import { Filter } from '../parts/filter.tsx'
import type { SetupStep, StepState } from './setup.ts'

const states: Record<StepState, readonly [tone: Tone, icon: IconName, words: string]> = {
  done: ['good', 'check', 'Done'],
  todo: ['plain', 'next', 'To do'],
  failing: ['bad', 'warn', 'Needs a look'],
  unknown: ['plain', 'next', 'To check'],
}

export function Step({ step }: { step: SetupStep }) {
  const { id, title, isOptional, state, found, next, findings } = step
  const [tone, icon, words] = states[state]
  const open = findings.filter(({ level, what }) => level !== 'ok' && what !== found)
  return (
    <li class="step" data-test={`step-${id}`} data-state={state}>
      <span class={`step-mark ${tone}`}>
        <Icon name={icon} />
      </span>
      <div class="step-text">
        <h3>
          {title} <Badge tone={tone}>{words}</Badge> {isOptional && <span class="optional">optional</span>}
        </h3>
        <p class="muted">{sentenceOf(found)}</p>
        {next && <p>{next}</p>}
        {open.length > 0 && (
          <ul class="findings">
            {open.map(({ what, todo }) => (
              <li key={what}>
                {sentenceOf(what)} {todo && <span>{sentenceOf(todo)}</span>}
              </li>
            ))}
          </ul>
        )}
        {id === 'widget' && <WidgetTag />}
      </div>
    </li>
  )
}

/** Of the inbox that is chosen. */
function WidgetTag() {
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
