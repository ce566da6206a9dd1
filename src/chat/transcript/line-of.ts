import type { Message } from '../../contract/chat.ts'
import type { Actor, LogEvent } from '../../contract/event.ts'
import { maySee } from '../../contract/may-see.ts'
import type { TranscriptLine } from '../../contract/transcript.ts'
import { asWritten, type MessageNow } from '../messages/message-now.ts'
import { messageFor, nameOf } from '../realtime/project-for.ts'
import type { Reader } from '../realtime/reader.ts'

/** A line before its time is put on a clock. */
export type Line = DistributiveOmit<TranscriptLine, 'at'> & { at: Date }
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** What an event is in a transcript for `reader`; null for what leaves no line. `now`: what became of a message. */
export function lineOf(event: LogEvent, now: MessageNow | undefined, reader: Reader): Line | null {
  if (!maySee(event, reader)) return null
  if (event.type === 'message') return messageLine(messageFor(now ?? asWritten(event), reader), event.at)
  const happening = happeningIn(event)
  return happening && { kind: 'happening', seq: event.seq, at: event.at, ...happening }
}

function messageLine(message: Message, at: Date): Line {
  const { seq, senderType, senderName, content, file, isInternal, editedAt, deleted } = message
  return {
    kind: 'message',
    seq,
    at,
    sender: { type: senderType, name: senderName },
    content,
    file: file && { name: file.name, type: file.type, size: file.size, url: file.url },
    isInternal,
    edited: editedAt !== null,
    deleted,
  }
}

type Happening = Pick<Extract<Line, { kind: 'happening' }>, 'what' | 'name'>

function happeningIn(event: Exclude<LogEvent, { type: 'message' }>): Happening | null {
  switch (event.type) {
    case 'agent_joined':
      return { what: 'joined', name: nameOf(event.actor) }
    case 'agent_left':
      return { what: 'left', name: nameOf(event.actor) }
    case 'assigned':
      return { what: 'assigned', name: event.body.agent.name }
    case 'transferred':
      return event.body.to.kind === 'agent' ? { what: 'assigned', name: event.body.to.agent.name } : null
    case 'session_closed':
      return { what: 'closed', name: personIn(event.actor) }
    case 'session_reopened':
      return { what: 'reopened', name: personIn(event.actor) }
    case 'session_started':
    case 'visitor_updated':
    case 'message_edited':
    case 'message_deleted':
    case 'message_read':
    case 'message_delivered':
    case 'unassigned':
    case 'tags_changed':
    case 'ticket_requested':
    case 'alerted':
    case 'ticket_linked':
    case 'rated':
    case 'emailed':
    case 'erased':
    case 'restored':
      return null
  }
}

const personIn = (actor: Actor): string | null =>
  actor.kind === 'visitor' ? (nameOf(actor) ?? 'Visitor') : nameOf(actor)
