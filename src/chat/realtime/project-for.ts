import type { Message, SessionInfo } from '../../contract/chat.ts'
import type { Actor, LogEvent } from '../../contract/event.ts'
import { ClientMessageId, type Seq } from '../../contract/ids.ts'
import type { Frame } from '../../contract/socket.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** Whom something is shown to. `id` is theirs, to give them back what they sent. */
export interface Reader {
  kind: 'visitor' | 'agent'
  id: string
}

/** Everything that leaves for a reader passes here: what is not visible has no other way out. */
export function frameFor(event: LogEvent, prev: Seq, reader: Reader): Frame | null {
  const position = { sessionId: event.session, seq: event.seq, prev }
  switch (event.type) {
    case 'message':
      if (event.body.internal && reader.kind === 'visitor') return null
      return { event: 'new_message', data: { ...messageFor(event, reader), ...position } }
    case 'message_read':
      return {
        event: 'message_read',
        data: { ...position, readerId: idOf(event.actor), readerType: sideOf(event.actor), upTo: event.body.upTo },
      }
    case 'agent_joined':
      return {
        event: 'agent_joined',
        data: { ...position, agentId: idOf(event.actor), agentName: nameOf(event.actor) ?? '' },
      }
    case 'session_started':
      return { event: 'session_updated', data: { ...position, status: 'open', by: senderTypeOf(event.actor) } }
    case 'session_closed':
      return { event: 'session_updated', data: { ...position, status: 'closed', by: senderTypeOf(event.actor) } }
  }
}

export function messageFor(event: Extract<LogEvent, { type: 'message' }>, reader: Reader): Message {
  const own = clientMessageIdOf(event, reader)
  return {
    id: event._id,
    seq: event.seq,
    sessionId: event.session,
    senderId: idOf(event.actor),
    senderType: senderTypeOf(event.actor),
    senderName: nameOf(event.actor),
    messageType: event.body.messageType,
    content: event.body.content,
    file: null,
    isInternal: event.body.internal,
    createdAt: event.at.toISOString(),
    ...(own && { clientMessageId: own }),
  }
}

export const sessionInfo = (summary: SessionSummary, seq: Seq = summary.seq): SessionInfo => ({
  sessionId: summary.id,
  epoch: summary.epoch,
  seq,
  status: summary.status,
  inbox: summary.inbox,
  visitor: shownVisitor(summary.visitor),
  agents: summary.agents,
  createdAt: summary.createdAt.toISOString(),
})

/** Not where they came from and with what, which only the ticket and the thread are told. */
const shownVisitor = ({ id, name, email, page }: SessionSummary['visitor']): SessionInfo['visitor'] => ({
  id,
  ...(name && { name }),
  ...(email && { email }),
  ...(page && { page }),
})

function clientMessageIdOf(event: LogEvent, reader: Reader) {
  const prefix = `c:${reader.id}:`
  return event.key.startsWith(prefix) ? ClientMessageId.safeParse(event.key.slice(prefix.length)).data : undefined
}

export const senderTypeOf = (actor: Actor): 'visitor' | 'agent' | 'system' => {
  switch (actor.kind) {
    case 'visitor':
      return 'visitor'
    case 'agent':
    case 'colleague':
      return 'agent'
    case 'admin':
    case 'system':
      return 'system'
  }
}

const sideOf = (actor: Actor): 'visitor' | 'agent' => (actor.kind === 'visitor' ? 'visitor' : 'agent')
const idOf = (actor: Actor): string => (actor.kind === 'system' ? `system:${actor.rule}` : actor.id)
const nameOf = (actor: Actor): string | null => ('name' in actor && actor.name ? actor.name : null)
