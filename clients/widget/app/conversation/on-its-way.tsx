import type { ChatClient } from '../../../core/client.ts'
import { type Entry, idOf } from '../../../core/outbox/entries.ts'
import { ShownFile } from '../../../parts/shown-file.tsx'
import { Text } from '../../../parts/text.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'

const ChosenFile = seldom((parts) => parts.ChosenFile)
const Refused = seldom((parts) => parts.Refused)

interface OnItsWayProps {
  entry: Exclude<Entry, { kind: 'stored' }>
  tellsWhen: boolean
  client: Pick<ChatClient, 'retry' | 'discard'>
}

/** What was written and is not stored yet. */
export const OnItsWay = ({ entry, tellsWhen, client }: OnItsWayProps) => (
  <article class={`message own last ${entry.state}`} data-test={`widget-${entry.kind}`}>
    {entry.kind === 'pending' ? <Pending {...entry} /> : <Upload {...entry} onCancel={client.discard} />}
    {tellsWhen && <State entry={entry} client={client} />}
  </article>
)

const Pending = ({ pending: { content, file } }: Extract<Entry, { kind: 'pending' }>) => (
  <>
    {file && <ShownFile file={file} />}
    {content !== '' && <Text content={content} />}
  </>
)

function Upload({ upload, state, onCancel }: Extract<Entry, { kind: 'upload' }> & { onCancel(id: string): void }) {
  const say = useSay()
  const percent = Math.round(upload.part * 100)
  return (
    <>
      <ChosenFile file={upload.file} name={upload.name}>
        {state === 'sending' && (
          <div class="progress">
            <progress value={upload.part} aria-label={say('uploading', { percent })} />
            <button type="button" data-test="widget-cancel-upload" onClick={() => onCancel(upload.id)}>
              {say('cancelUpload')}
            </button>
          </div>
        )}
      </ChosenFile>
      {upload.caption !== '' && <Text content={upload.caption} />}
    </>
  )
}

function State({ entry, client }: Pick<OnItsWayProps, 'entry' | 'client'>) {
  const say = useSay()
  const { failed } = entry.kind === 'pending' ? entry.pending : entry.upload
  if (failed === null) return <p class="when">{say('sending')}</p>
  const id = idOf(entry)
  return <Refused why={failed} onRetry={() => client.retry(id)} onDiscard={() => client.discard(id)} />
}
