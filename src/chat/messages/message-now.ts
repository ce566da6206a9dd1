import type { EventOf, LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import { redacted } from '../../log/redact.ts'

/** A message after its edits and its deletion. `revisedSeq`: the last of them, 0 for none. */
export interface MessageNow {
  event: EventOf<'message'>
  content: string
  editedAt: Date | null
  deleted: boolean
  revisedSeq: Seq
}

export type Revision = EventOf<'message_edited'> | EventOf<'message_deleted'>

export const isRevision = (event: LogEvent): event is Revision =>
  event.type === 'message_edited' || event.type === 'message_deleted'

export const asWritten = (event: EventOf<'message'>): MessageNow => ({
  event,
  content: event.body.content,
  editedAt: null,
  deleted: event.erased ?? false,
  revisedSeq: 0,
})

/** What a message is found by: what it says, and what its file is called. */
export const searchedText = ({ event: { body }, content }: Pick<MessageNow, 'event' | 'content'>): string =>
  body.file ? `${content} ${body.file.name}` : content
/** As if it had been read from a log in which it is erased. */
export function erase(message: MessageNow): MessageNow {
  const event = redacted(message.event)
  return event.type === 'message' ? asWritten(event) : message
}

/** A deletion is for good; what was revised before stays as it is when it is met again. */
export function revise(message: MessageNow, revision: Revision): MessageNow {
  if (message.deleted || revision.seq <= message.revisedSeq) return message
  const { seq, at, body } = revision
  if (revision.type === 'message_deleted')
    return { ...message, content: '', editedAt: null, deleted: true, revisedSeq: seq }
  return { ...message, content: 'content' in body ? body.content : '', editedAt: at, revisedSeq: seq }
}
