import { expect, it } from 'vitest'
import { eventTypes, LogEvent } from '../contract/event.ts'
import { createIds } from '../platform/ids.ts'
import { redacted } from './redact.ts'

const ids = createIds()
const visitor = { kind: 'visitor', id: ids.visitor(), name: 'PERSONAL name' } as const
const agent = { id: ids.agent(), name: 'Bo' }
const target = { message: ids.event(), messageSeq: 2, internal: false }
const details = {
  id: visitor.id,
  name: 'PERSONAL name',
  email: 'PERSONAL@example.com',
  page: 'PERSONAL',
  ip: 'PERSONAL',
}
const file = { id: ids.file(), name: 'PERSONAL.png', type: 'image/png', size: 1 }

const bodies: Record<LogEvent['type'], object> = {
  session_started: { epoch: 'epochofnow', inbox: 'default', visitor: details, channel: 'web', offline: true },
  visitor_updated: { visitor: { ...details, attributes: { plan: 'PERSONAL' }, externalId: 'PERSONAL' } },
  message: { messageType: 'image', content: 'PERSONAL', internal: true, file },
  message_edited: { ...target, content: 'PERSONAL' },
  message_deleted: target,
  message_read: { upTo: 1 },
  message_delivered: { upTo: 1 },
  agent_joined: {},
  agent_left: {},
  assigned: { agent, reason: 'routing' },
  unassigned: { agent, reason: 'released' },
  transferred: { to: { kind: 'team', team: 'billing' }, note: 'PERSONAL' },
  tags_changed: { tags: ['vip'] },
  session_closed: { resolution: 'res_1', reason: 'agent' },
  session_reopened: {},
  rated: { resolution: 'res_1', score: 1, comment: 'PERSONAL' },
  emailed: { what: 'answers', to: 'PERSONAL@example.com', upTo: 1 },
  ticket_requested: {},
  alerted: { waitingSince: new Date(1), rule: 60_000, nth: 1, mention: 'here' },
  ticket_linked: { system: 'zendesk', id: '7', url: 'https://a.example/agent/tickets/7' },
  erased: { upTo: 1, reason: 'request' },
  restored: { epoch: 'epochofthen' },
}

const anEvent = (type: LogEvent['type']) =>
  LogEvent.parse({
    ...{ _id: ids.event(), session: ids.session(), seq: 3, key: 'auto:test:3', version: 1, at: new Date(3) },
    ...{ actor: visitor, origin: 'deskbridge', type, body: bodies[type] },
  })

it.each(eventTypes)('takes everything personal out of %s, and leaves a right event at its place', (type) => {
  const event = anEvent(type)
  const left = redacted(event)
  const { actor: _actor, body: _body, ...place } = event
  expect([JSON.stringify(left).includes('PERSONAL'), LogEvent.parse(left), redacted(left)]).toEqual([false, left, left])
  expect(left).toMatchObject({ ...place, erased: true, actor: { kind: 'visitor', id: visitor.id } })
})

it('leaves the names of the team', () => {
  const event = { ...anEvent('message'), actor: { kind: 'agent', ...agent } } as LogEvent
  expect(redacted(event).actor).toEqual({ kind: 'agent', ...agent })
})
