import type { Message, SenderType, SessionInfo } from '../../contract/chat.ts'
import type { Actor, LogEvent } from '../../contract/event.ts'
import { ClientMessageId, type Seq } from '../../contract/ids.ts'
import { maySee } from '../../contract/may-see.ts'
import type { Frame } from '../../contract/socket.ts'
import { messageKeyPrefix } from '../messages/message-key.ts'
import { asWritten, type MessageNow } from '../messages/message-now.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { changeIn } from './project-change.ts'
import type { Reader } from './reader.ts'
import { shownVisitor } from './shown-visitor.ts'

/**
 * Everything that leaves for a reader passes here: what is not visible has no other way out. Frames may be `null`; other
 * ways out take `messageFor` of what `maySee`.
 */
export function frameFor(event: LogEvent, prev: Seq, reader: Reader): Frame | null {
  if (!maySee(event, reader)) return null
  const position = { sessionId: event.session, seq: event.seq, prev }
  switch (event.type) {
    case 'message':
      return { event: 'new_message', data: { ...messageFor(asWritten(event), reader), ...position } }
    case 'message_edited': {
      const { message: messageId, content } = event.body
      return { event: 'message_updated', data: { ...position, messageId, content, editedAt: event.at.toISOString() } }
    }
    case 'message_deleted':
      return { event: 'message_deleted', data: { ...position, messageId: event.body.message } }
    case 'message_read':
    case 'message_delivered': {
      const receipt = { readerId: idOf(event.actor), readerType: sideOf(event.actor), upTo: event.body.upTo }
      return { event: event.type, data: { ...position, ...receipt } }
    }
    case 'agent_joined':
      return {
        event: 'agent_joined',
        data: { ...position, agentId: idOf(event.actor), agentName: nameOf(event.actor) ?? '' },
      }
    case 'agent_left':
      return { event: 'agent_left', data: { ...position, agentId: idOf(event.actor) } }
    case 'session_started':
    case 'visitor_updated':
    case 'assigned':
    case 'unassigned':
    case 'transferred':
    case 'tags_changed':
    case 'session_closed':
    case 'session_reopened':
    case 'rated':
    case 'emailed':
    case 'ticket_requested':
    case 'alerted':
    case 'ticket_linked':
    case 'erased':
    case 'restored':
      return {
        event: 'session_updated',
        data: { ...position, by: senderTypeOf(event.actor), ...changeIn(event, reader) },
      }
  }
}

export function messageFor({ event, content, editedAt, deleted }: MessageNow, reader: Reader): Message {
  const own = clientMessageIdOf(event, reader)
  return {
    id: event._id,
    seq: event.seq,
    sessionId: event.session,
    senderId: idOf(event.actor),
    senderType: senderTypeOf(event.actor),
    senderName: nameOf(event.actor),
    senderPicture: pictureOf(event.actor, reader),
    messageType: event.body.messageType,
    content,
    file: deleted || !event.body.file ? null : { ...event.body.file, ...reader.linkTo(event.body.file) },
    isInternal: event.body.internal,
    createdAt: event.at.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    deleted,
    ...(own && { clientMessageId: own }),
  }
}

export const sessionInfo = (
  summary: SessionSummary,
  reader: Pick<Reader, 'kind'>,
  seq: Seq = summary.seq,
): SessionInfo => ({
  sessionId: summary.id,
  epoch: summary.epoch,
  seq,
  status: summary.status,
  inbox: summary.inbox,
  visitor: shownVisitor(summary.visitor, reader),
  agents: summary.agents,
  assignee: summary.assignee && { id: summary.assignee.id, name: summary.assignee.name },
  channel: summary.channel,
  createdAt: summary.createdAt.toISOString(),
  closedAt: summary.status === 'closed' ? (summary.closedAt?.toISOString() ?? null) : null,
  resolution: summary.resolution,
  rating: summary.rating,
  readUpTo: readUpToOf(summary),
  ...(reader.kind === 'agent' && {
    tags: summary.tags,
    reopenings: summary.reopenings,
    team: summary.team,
    waitingSince: summary.waitingSince?.toISOString() ?? null,
    offline: summary.offline,
    ticket: summary.ticket && { id: summary.ticket.id, url: summary.ticket.url },
  }),
})

function readUpToOf({ readUpTo, visitor }: SessionSummary): SessionInfo['readUpTo'] {
  const { [visitor.id]: own = 0, ...others } = readUpTo
  return { visitor: own, team: Math.max(0, ...Object.values(others)) }
}

function clientMessageIdOf(event: LogEvent, reader: Pick<Reader, 'kind' | 'id'>) {
  const prefix = messageKeyPrefix(reader)
  return event.key.startsWith(prefix) ? ClientMessageId.safeParse(event.key.slice(prefix.length)).data : undefined
}

export const senderTypeOf = (actor: Actor): SenderType => {
  switch (actor.kind) {
    case 'visitor':
      return 'visitor'
    case 'agent':
    case 'colleague':
      return 'agent'
    case 'bot':
      return 'bot'
    case 'admin':
    case 'system':
      return 'system'
  }
}

const sideOf = (actor: Actor): 'visitor' | 'agent' => (actor.kind === 'visitor' ? 'visitor' : 'agent')
const idOf = (actor: Actor): string => (actor.kind === 'system' ? `system:${actor.rule}` : actor.id)
const pictureOf = (actor: Actor, { pictureAt }: Pick<Reader, 'pictureAt'>): string | null =>
  'picture' in actor && actor.picture ? pictureAt(actor.picture) : null
export const nameOf = (actor: Actor): string | null => ('name' in actor && actor.name ? actor.name : null)
