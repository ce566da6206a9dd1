import { LogEvent } from '../../contract/event.ts'
import { AgentId, Epoch, EventId, FileId, VisitorId } from '../../contract/ids.ts'
import type { WebhookPayload, WebhookType } from '../../contract/webhook-event.ts'
import type { ChatNow } from './chat-now.ts'
import { makePayload } from './make-payload.ts'
import { agentStatusChanged, endpointDisabled } from './own-streams.ts'
import type { ChatWebhookType } from './type-of.ts'

const named = (prefix: string, name: string) => `${prefix}_${name.padEnd(24, '0')}`

const ana = { kind: 'visitor', id: VisitorId.parse(named('vis', 'ana')), name: 'Ana' }
const bo = { id: AgentId.parse(named('agt', 'bo')), name: 'Bo' }
const byBo = { kind: 'agent', ...bo }
const grace = { kind: 'colleague', system: 'slack', id: 'U7GRACE', name: 'Grace' }
const resolution = `res_${'shop'.padEnd(24, '0')}_0`

const chat: ChatNow = {
  epoch: Epoch.parse('k3y0f0ne11fe'),
  inbox: { key: 'shop', name: 'Shop' },
  visitor: { id: ana.id },
  erasedUpTo: 0,
}

const addresses = {
  linkTo: ({ id }: { id: FileId }) => ({ url: `https://chat.example.com/files/${id}?exp=1790000000&sig=bmljZSB0cnk` }),
  publicUrl: 'https://chat.example.com',
}

const page = 'https://shop.example.com/cart'
const file = { id: FileId.parse(named('fil', 'cup')), name: 'cup.png', type: 'image/png', size: 48_213 }
const revised = (seq: number, name: string, internal: boolean) => ({
  message: named('evt', name),
  messageSeq: seq,
  internal,
})

/** One chat, from its beginning to its erasure. */
const story: Record<ChatWebhookType, { seq: number; type: string; actor: object; body: object }> = {
  'chat.created': {
    ...{ seq: 1, type: 'session_started', actor: ana },
    body: {
      ...{ epoch: chat.epoch, inbox: 'shop', channel: 'web' },
      visitor: { id: ana.id, name: 'Ana', email: 'ana@example.com', page, locale: 'pt-PT', timeZone: 'Europe/Lisbon' },
    },
  },
  'message.created': {
    ...{ seq: 2, type: 'message', actor: ana },
    body: {
      messageType: 'image',
      content: 'My cup is borken',
      internal: false,
      file: { ...file, width: 800, height: 600 },
    },
  },
  'message.updated': {
    ...{ seq: 3, type: 'message_edited', actor: ana },
    body: { ...revised(2, 'messagecreated', false), content: 'My cup is broken' },
  },
  'visitor.identified': {
    ...{ seq: 4, type: 'visitor_updated', actor: ana },
    body: {
      visitor: {
        ...{ id: ana.id, name: 'Ana', email: 'ana@example.com', page, locale: 'pt-PT', timeZone: 'Europe/Lisbon' },
        ...{ externalId: '4711', attributes: { plan: 'pro', seen: 3 }, verified: true },
        proven: ['attributes.plan', 'email'],
      },
    },
  },
  'chat.assigned': { seq: 5, type: 'assigned', actor: byBo, body: { agent: bo, reason: 'taken' } },
  'message.read': { seq: 6, type: 'message_read', actor: byBo, body: { upTo: 2 } },
  'chat.ticket_linked': {
    ...{ seq: 7, type: 'ticket_linked', actor: { kind: 'system', rule: 'ticket-linked' } },
    body: { system: 'zendesk', id: '35436', url: 'https://example.zendesk.com/agent/tickets/35436' },
  },
  'note.created': {
    ...{ seq: 8, type: 'message', actor: grace },
    body: { messageType: 'text', content: 'She may have a new one', internal: true },
  },
  'note.updated': {
    ...{ seq: 9, type: 'message_edited', actor: grace },
    body: { ...revised(8, 'notecreated', true), content: 'She may have a new one, free of charge' },
  },
  'note.deleted': { seq: 10, type: 'message_deleted', actor: grace, body: revised(8, 'notecreated', true) },
  'message.deleted': { seq: 11, type: 'message_deleted', actor: ana, body: revised(2, 'messagecreated', false) },
  'chat.transferred': {
    ...{ seq: 12, type: 'transferred', actor: byBo },
    body: { to: { kind: 'team', team: 'refunds' }, note: 'She has waited for a week' },
  },
  'chat.queued': { seq: 13, type: 'unassigned', actor: byBo, body: { agent: bo, reason: 'released' } },
  'chat.closed': { seq: 14, type: 'session_closed', actor: byBo, body: { resolution, reason: 'agent' } },
  'chat.rated': { seq: 15, type: 'rated', actor: ana, body: { resolution, score: 5, comment: 'Quick!' } },
  'chat.reopened': { seq: 16, type: 'session_reopened', actor: byBo, body: {} },
  'visitor.erased': {
    ...{ seq: 17, type: 'erased', actor: { kind: 'admin', id: 'key' } },
    body: { upTo: 16, reason: 'request' },
  },
}

const happened = (type: WebhookType, second: number) => ({
  eventId: EventId.parse(named('evt', type.replaceAll(/[._]/g, ''))),
  at: new Date(Date.UTC(2026, 8, 21, 9, 30, second)),
})

function ofChat(type: ChatWebhookType): WebhookPayload {
  const { seq, ...said } = story[type]
  const { eventId: _id, at } = happened(type, seq)
  const envelope = {
    _id,
    session: named('ses', 'one'),
    seq,
    key: `example:${seq}`,
    version: 1,
    at,
    origin: 'deskbridge',
  }
  const payload = makePayload(LogEvent.parse({ ...envelope, ...said }), chat, addresses)
  if (!payload) throw new Error(`nothing is told of the example of ${type}`)
  return payload
}

/** What an endpoint may be sent to try it, and what the documentation shows. */
export function exampleOf(type: WebhookType): WebhookPayload {
  switch (type) {
    case 'agent.status_changed':
      return agentStatusChanged(happened(type, 18), bo, { inboxes: ['shop'], from: 'away', to: 'online' })
    case 'endpoint.disabled':
      return endpointDisabled(
        happened(type, 19),
        { id: named('end', 'crm'), url: 'https://crm.example.com/hooks/s3cret' },
        { reason: 'failing', failingSince: new Date(Date.UTC(2026, 8, 16, 9, 30)) },
      )
    default:
      return ofChat(type)
  }
}
