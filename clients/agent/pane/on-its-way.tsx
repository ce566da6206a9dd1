import { sizeText } from '../../../src/contract/file-text.ts'
import type { Entry } from '../../core/outbox/entries.ts'
import type { MessageActs } from './message-acts.ts'

interface OnItsWayProps extends Pick<MessageActs, 'onRetry' | 'onDiscard'> {
  entry: Exclude<Entry, { kind: 'stored' }>
}

/** A message that waits for the server's word, or a file on its way up. */
export function OnItsWay({ entry, onRetry, onDiscard }: OnItsWayProps) {
  const one = entry.kind === 'pending' ? entry.pending : entry.upload
  const id = entry.kind === 'pending' ? entry.pending.clientMessageId : entry.upload.id
  const { failed } = one
  return (
    <article class={one.isNote ? 'message agent note' : 'message agent'} data-test="pane-pending">
      <p class={failed === null ? 'bubble on-its-way' : 'bubble failed'} dir="auto">
        {textOf(entry)}
      </p>
      {entry.kind === 'upload' && failed === null && <UploadBar part={entry.upload.part} name={entry.upload.name} />}
      <p class={failed === null ? 'edited' : 'edited problem'}>
        {failed === null ? 'Sending… ' : `Not sent: ${failed.message} `}
        {failed !== null && (
          <button type="button" class="plain" onClick={() => onRetry(id)}>
            Try again
          </button>
        )}{' '}
        {(failed !== null || entry.kind === 'upload') && (
          <button type="button" class="plain" data-test="discard" onClick={() => onDiscard(id)}>
            {failed === null ? 'Cancel' : 'Remove'}
          </button>
        )}
      </p>
    </article>
  )
}

function textOf(entry: OnItsWayProps['entry']): string {
  if (entry.kind === 'upload') return `${entry.upload.name}, ${sizeText(entry.upload.file.size)}`
  const { content, file } = entry.pending
  return content || (file?.name ?? '')
}

const UploadBar = ({ part, name }: { part: number; name: string }) => (
  <progress max={1} value={part} aria-label={`${name}: what is sent of it`} data-test="upload-part" />
)
