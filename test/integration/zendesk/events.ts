import type { LinkView, ReadLog } from '../../../src/bridge/port/call.ts'
import type { Actor, EventOf, FileRef, LogEvent } from '../../../src/contract/event.ts'
import { EventId, EventKey, FileId, KeyId, SessionId, VisitorId } from '../../../src/contract/ids.ts'

export const session = SessionId.parse(`ses_${'1'.repeat(24)}`)
export const visitorId = VisitorId.parse(`vis_${'2'.repeat(24)}`)
export const ana: Actor = { kind: 'visitor', id: visitorId, name: 'Ana' }
export const parcels: Actor = { kind: 'bot', id: KeyId.parse(`key_${'3'.repeat(24)}`), name: 'Parcels' }
export const bo: Actor = { kind: 'colleague', system: 'slack', id: 'U7', name: 'Bo' }

/** Noon plus `seq` seconds. */
const envelope = (seq: number, actor: Actor) => ({
  _id: EventId.parse(`evt_${String(seq).padStart(24, '0')}`),
  session,
  seq,
  key: EventKey.parse(`test:${seq}`),
  version: 1 as const,
  at: new Date(Date.UTC(2026, 0, 2, 12, 0, seq)),
  actor,
  origin: 'deskbridge',
})

export const started = (more: { inbox?: string; offline?: boolean } = {}): LogEvent => ({
  ...envelope(1, ana),
  type: 'session_started',
  body: { epoch: 'epoch0001', inbox: 'default', visitor: { id: visitorId, name: 'Ana' }, channel: 'web', ...more },
})

export const said = (seq: number, content: string, actor: Actor = ana, internal = false) => ({
  ...envelope(seq, actor),
  type: 'message' as const,
  body: { messageType: 'text' as const, content, internal },
})

export const closed = (seq: number, reason: EventOf<'session_closed'>['body']['reason'] = 'visitor'): LogEvent => ({
  ...envelope(seq, ana),
  type: 'session_closed',
  body: { resolution: `res_${seq}`, reason },
})

export const reopened = (seq: number, actor: Actor): LogEvent => ({
  ...envelope(seq, actor),
  type: 'session_reopened',
  body: {},
})

export const readOf =
  (log: readonly LogEvent[]): ReadLog =>
  async (after, limit) =>
    log.filter((event) => event.seq > after).slice(0, limit)

export const aLink = (remote: LinkView['remote'] = {}, partsDone = 0): LinkView => ({
  session,
  remote,
  cursor: 0,
  partsDone,
})

export const edited = (seq: number, message: LogEvent, content: string): LogEvent => ({
  ...envelope(seq, bo),
  type: 'message_edited',
  body: { message: message._id, messageSeq: message.seq, internal: false, content },
})

/** Answers go to the visitor by email: by the ticket, or without `ticket` by our own server. */
export const toBeMailed = (seq: number, ticket?: { after: number; upTo: number }): LogEvent => ({
  ...envelope(seq, { kind: 'system', rule: 'visitor-left' }),
  type: 'emailed',
  body: {
    what: 'answers',
    to: 'ana@example.com',
    upTo: ticket?.upTo ?? seq - 1,
    ...(ticket && { byTicket: { after: ticket.after } }),
  },
})

export const requested = (seq: number, actor: Actor): LogEvent => ({
  ...envelope(seq, actor),
  type: 'ticket_requested',
  body: {},
})

export const deleted = (seq: number, message: LogEvent): LogEvent => ({
  ...envelope(seq, bo),
  type: 'message_deleted',
  body: { message: message._id, messageSeq: message.seq, internal: false },
})

export const aFile = (n: number, name: string, size = 1_000): FileRef => ({
  id: FileId.parse(`fil_${String(n).padStart(24, '0')}`),
  name,
  type: 'application/pdf',
  size,
})

/** A message that brings a file. */
export const sent = (seq: number, file: FileRef, actor: Actor = ana) => {
  const event = said(seq, '', actor)
  return { ...event, body: { ...event.body, messageType: 'file' as const, file } }
}
