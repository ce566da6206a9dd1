import type { EventOf, LogEvent } from '../../contract/event.ts'
import type { PayloadOf } from '../../contract/webhook-event.ts'
import { redacted } from '../../log/redact.ts'
import type { Addresses, ChatNow } from './chat-now.ts'
import { messagePayload } from './message-payload.ts'
import { at, by, cutShort, placeOf } from './place.ts'
import { publicVisitor } from './public-actor.ts'
import type { ChatWebhookType } from './type-of.ts'

type Payload = PayloadOf<ChatWebhookType>

/**
 * What is told of an event of a chat, in less than 20 kB; null for one that `webhookTypeOf` gives no type. Made anew for
 * each delivery from the log as it is then: what was erased is not told, also while the log is still being redacted.
 */
export function makePayload(logged: LogEvent, chat: ChatNow, addresses: Addresses): Payload | null {
  const event = logged.seq <= chat.erasedUpTo ? redacted(logged) : logged
  switch (event.type) {
    case 'session_started':
    case 'visitor_updated':
      return visitorPayload(event, chat, addresses)
    case 'message':
    case 'message_edited':
    case 'message_deleted':
      return messagePayload(event, chat, addresses)
    case 'unassigned':
    case 'assigned':
    case 'transferred':
      return handsPayload(event, chat)
    case 'message_read':
    case 'session_closed':
    case 'session_reopened':
    case 'rated':
    case 'ticket_linked':
    case 'erased':
      return plainPayload(event, chat)
    case 'message_delivered':
    case 'agent_joined':
    case 'agent_left':
    case 'tags_changed':
    case 'emailed':
    case 'ticket_requested':
    case 'alerted':
    case 'restored':
      return null
  }
}

function visitorPayload(
  event: EventOf<'session_started'> | EventOf<'visitor_updated'>,
  chat: ChatNow,
  { publicUrl }: Addresses,
): Payload {
  const { visitor, isCut } = publicVisitor(event.body.visitor)
  const data = { ...placeOf(event, chat), ...cutShort(isCut, publicUrl, event.session), visitor }
  if (event.type === 'visitor_updated')
    return { type: 'visitor.identified', ...at(event), data: { ...data, ...by(event) } }
  const { channel, offline = false } = event.body
  return { type: 'chat.created', ...at(event), data: { ...data, channel, offline } }
}

/** What is written down for the next agent is a note, and stays in the chat. */
function handsPayload(
  event: EventOf<'unassigned'> | EventOf<'assigned'> | EventOf<'transferred'>,
  chat: ChatNow,
): Payload {
  const data = { ...placeOf(event, chat), ...by(event) }
  switch (event.type) {
    case 'unassigned': {
      const { agent, reason } = event.body
      return { type: 'chat.queued', ...at(event), data: { ...data, agent, reason } }
    }
    case 'assigned': {
      const { agent, reason } = event.body
      return { type: 'chat.assigned', ...at(event), data: { ...data, agent, reason } }
    }
    case 'transferred':
      return { type: 'chat.transferred', ...at(event), data: { ...data, to: event.body.to } }
  }
}

type Plain = 'message_read' | 'session_closed' | 'session_reopened' | 'rated' | 'ticket_linked' | 'erased'

function plainPayload(event: EventOf<Plain>, chat: ChatNow): Payload {
  const place = placeOf(event, chat)
  const data = { ...place, ...by(event) }
  switch (event.type) {
    case 'message_read':
      return { type: 'message.read', ...at(event), data: { ...data, upTo: event.body.upTo } }
    case 'session_closed': {
      const { resolution, reason } = event.body
      return { type: 'chat.closed', ...at(event), data: { ...data, resolution, reason } }
    }
    case 'session_reopened':
      return { type: 'chat.reopened', ...at(event), data }
    case 'rated': {
      const { resolution, score, comment = null } = event.body
      return { type: 'chat.rated', ...at(event), data: { ...data, resolution, score, comment } }
    }
    case 'ticket_linked':
      return { type: 'chat.ticket_linked', ...at(event), data: { ...place, ticket: event.body } }
    case 'erased': {
      const { upTo, reason } = event.body
      const visitor = { id: chat.visitor.id }
      return { type: 'visitor.erased', ...at(event), data: { ...place, visitor, upTo, reason } }
    }
  }
}
