import { expect, it } from 'vitest'
import type { Actor, EventDraft, LogEvent } from '../../contract/event.ts'
import { Epoch, EventKey } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import { foldSummary } from './fold-summary.ts'
import { type SessionSummary, timeoutRule } from './summary.ts'

const ids = createIds()
const session = ids.session()
const visitor = { kind: 'visitor', id: ids.visitor() } as const
const bo = { kind: 'agent', id: ids.agent(), name: 'Bo' } as const
const grace = { kind: 'colleague', system: 'zendesk', id: '42', name: 'Grace' } as const
const epoch = Epoch.parse('epochofnow')

const system = (rule: string) => ({ kind: 'system', rule }) as const

type Step = Pick<EventDraft, 'type' | 'body'> & { actor: Actor }

const fold = (steps: readonly Step[]): SessionSummary | undefined =>
  steps.reduce<SessionSummary | undefined>((state, step, index) => {
    const seq = index + 1
    const envelope = { _id: ids.event(), session, seq, key: EventKey.parse(`${seq}`), version: 1, at: new Date(seq) }
    return foldSummary(state, { ...envelope, ...step, origin: 'deskbridge' } as LogEvent)
  }, undefined)

const starts: Step = {
  type: 'session_started',
  actor: visitor,
  body: { epoch, inbox: 'default', visitor: { id: visitor.id }, channel: 'web' },
}
const says = (actor: Actor): Step => ({
  type: 'message',
  actor,
  body: { messageType: 'text', content: 'hi', internal: false },
})
const closes: Step = { type: 'session_closed', actor: bo, body: { resolution: 'res_1', reason: 'agent' } }

it('sums a chat up as far as decisions need it', () => {
  const read: Step = { type: 'message_read', actor: visitor, body: { upTo: 3 } }
  const joins: Step = { type: 'agent_joined', actor: bo, body: {} }
  expect(fold([starts, says(visitor), joins, says(bo), says(grace), read, closes])).toEqual({
    id: session,
    epoch,
    seq: 7,
    inbox: 'default',
    status: 'closed',
    visitor: { id: visitor.id },
    agents: [
      { id: bo.id, name: 'Bo' },
      { id: '42', name: 'Grace' },
    ],
    offline: false,
    assignee: null,
    lastAssignee: null,
    team: null,
    passedBy: [],
    waitingSince: null,
    hands: 7,
    servedAt: new Date(4),
    asked: { at: new Date(2), seq: 2 },
    answered: { at: new Date(5), seq: 5 },
    channel: 'web',
    tags: [],
    createdAt: new Date(1),
    lastMessageAt: new Date(5),
    activity: { at: new Date(7), seq: 7 },
    warned: false,
    said: [],
    alerted: [],
    closedSeq: 7,
    closedAt: new Date(7),
    resolution: 'res_1',
    rating: null,
    reopenings: 0,
    messages: 3,
    ticket: null,
    ticketMails: true,
    ticketRequested: null,
    readUpTo: { [visitor.id]: 3 },
    deliveredUpTo: {},
    emailedUpTo: 0,
    missed: { seq: 4, at: new Date(4), ours: true },
    toldLeft: null,
    visitorTerms: [],
    erasedUpTo: 0,
    keptSince: new Date(7),
  })
})

it('forgets who an erased chat was with, and counts its age from what is said after that', () => {
  const known: Step = {
    ...starts,
    body: { ...starts.body, visitor: { id: visitor.id, email: 'ana@example.com' } } as never,
  }
  const erased: Step = { type: 'erased', actor: system('retention'), body: { upTo: 3, reason: 'retention' } }
  const forgotten = { visitor: { id: visitor.id }, erasedUpTo: 3, status: 'closed' }
  expect([
    fold([known, says(visitor), closes, erased]),
    fold([known, says(visitor), closes, erased, says(bo)]),
  ]).toEqual([
    expect.objectContaining({ ...forgotten, keptSince: null }),
    expect.objectContaining({ ...forgotten, status: 'active', keptSince: new Date(5) }),
  ])
})

it.each([
  [visitor, 'queued'],
  [bo, 'active'],
  [grace, 'active'],
])('opens a closed chat again by a message of $0.kind, and keeps where it was closed', (actor, status) => {
  expect(fold([starts, closes, says(actor)])).toMatchObject({ status, closedSeq: 2, reopenings: 1 })
})

it('keeps a mark where it was furthest', () => {
  const read = (upTo: number): Step => ({ type: 'message_read', actor: visitor, body: { upTo } })
  const delivered = (upTo: number): Step => ({ type: 'message_delivered', actor: visitor, body: { upTo } })
  const marks = [read(2), read(1), delivered(3), delivered(2)]
  expect(fold([starts, says(bo), says(bo), ...marks])).toMatchObject({
    readUpTo: { [visitor.id]: 2 },
    deliveredUpTo: { [visitor.id]: 3 },
  })
})

it('leaves a closed chat closed by a note and by what the service says', () => {
  const note: Step = { type: 'message', actor: bo, body: { messageType: 'text', content: 'hm', internal: true } }
  expect(fold([starts, closes, note, says({ kind: 'system', rule: 'greeting' })])).toMatchObject({ status: 'closed' })
})

it('knows a warned chat until somebody stirs', () => {
  const warns = says({ kind: 'system', rule: timeoutRule })
  const arrives: Step = { type: 'message_delivered', actor: visitor, body: { upTo: 2 } }
  expect([[warns], [warns, arrives], [warns, says(visitor)]].map((steps) => fold([starts, ...steps])?.warned)).toEqual([
    true,
    true,
    false,
  ])
})

it('refuses a log without a beginning', () => {
  expect(() => fold([says(visitor)])).toThrow('begins with message')
})

const given: Step = {
  type: 'assigned',
  actor: system('routing'),
  body: { agent: { id: bo.id, name: bo.name }, reason: 'routing' },
}
const lost: Step = {
  type: 'unassigned',
  actor: system('routing'),
  body: { agent: { id: bo.id, name: bo.name }, reason: 'no_answer' },
}

it('keeps a chat’s place in the queue while it goes from one agent to the next, until somebody answers', () => {
  const toTeam: Step = { type: 'transferred', actor: bo, body: { to: { kind: 'team', team: 'billing' } } }
  const states = [[given], [given, lost], [given, toTeam], [given, says(bo)], [given, says(bo), closes]]
  const fields = ({ status, assignee, lastAssignee, team, passedBy, waitingSince }: SessionSummary) => [
    status,
    assignee?.id ?? null,
    lastAssignee,
    team,
    passedBy,
    waitingSince?.getTime() ?? null,
  ]
  expect(states.map((steps) => fold([starts, says(visitor), ...steps])).map((state) => state && fields(state))).toEqual(
    [
      ['active', bo.id, bo.id, null, [], 2],
      ['queued', null, bo.id, null, [bo.id], 2],
      ['queued', null, bo.id, 'billing', [bo.id], 2],
      ['active', bo.id, bo.id, null, [], null],
      ['closed', null, bo.id, null, [], null],
    ],
  )
})

it('knows what the service has said by itself until somebody answers', () => {
  const waits = [starts, says(visitor), says(system('nobody-there'))]
  expect([fold(waits)?.said, fold([...waits, says(visitor)])?.said, fold([...waits, says(bo)])?.said]).toEqual([
    ['nobody-there'],
    ['nobody-there'],
    [],
  ])
})

it('keeps what a visitor has read when they become known under another id', () => {
  const known = ids.visitor()
  const read: Step = { type: 'message_read', actor: visitor, body: { upTo: 2 } }
  const proven: Step = {
    type: 'visitor_updated',
    actor: { ...visitor, id: known },
    body: { visitor: { id: known, externalId: '7', verified: true } },
  }
  const { visitor: now, readUpTo } = fold([starts, says(bo), read, proven]) ?? {}
  expect([now?.externalId, readUpTo]).toEqual(['7', { [visitor.id]: 2, [known]: 2 }])
})
