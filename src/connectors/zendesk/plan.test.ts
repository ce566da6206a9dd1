import { expect, it } from 'vitest'
import {
  aLink,
  bo,
  closed,
  edited,
  readOf,
  reopened,
  said,
  started,
  toBeMailed,
  visitorId,
} from '../../../test/integration/zendesk/events.ts'
import type { LogEvent } from '../../contract/event.ts'
import { planTicket, planUpdate } from './plan.ts'

const budget = (key: string) => ({ key, limit: 10, windowMs: 1_000, burst: 1 })
const budgets = { create: [budget('create')], update: [budget('update')] }
const linkTo = ({ id }: { id: string }) => `https://files.example/${id}`
const heard = 1_700_000_000_000
const ticket = { thread: '7', stamp: '2026-01-02T12:00:00Z', stampAt: String(heard), status: 'open' }

const settings = { brandId: '1', groupId: '22', tags: ['vip'] }
const inboxes = { find: async (key: string) => (key === 'shop' ? { slack: {}, zendesk: settings } : null) }
const ticketFor = (log: readonly LogEvent[], events: readonly LogEvent[], remote = {}) =>
  planTicket(events, aLink(remote), { budgets, linkTo, readLog: readOf(log), inboxes, publicTranscript: true })
const updateFor = (
  log: readonly LogEvent[],
  events: readonly LogEvent[],
  remote = {},
  partsDone = 0,
  publicTranscript = true,
) =>
  planUpdate(events, aLink({ ...ticket, ...remote }, partsDone), {
    budgets,
    linkTo,
    readLog: readOf(log),
    publicTranscript,
  })

it('leaves the ticket’s status as it is when something is said once more', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'There?'), closed(4)]
  const options = { budgets, linkTo, readLog: readOf(log), publicTranscript: true }
  const about = { ...aLink({ ...ticket, status: 'solved' }), again: true } as const
  const again = [await planUpdate(log.slice(1), about, options), await planUpdate(log.slice(3), about, options)]
  expect(again.map((call) => Object.keys(Object(call?.body)))).toEqual([
    ['kind', 'text', 'public'],
    ['kind', 'text', 'public'],
  ])
})

it('makes a ticket of the messages so far, up to the first closing', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'There?'), closed(4), said(5, 'Again')]
  expect(await ticketFor(log, log)).toEqual({
    from: 2,
    to: 3,
    part: 1,
    parts: 1,
    lane: 'normal',
    budgets: budgets.create,
    repeatable: true,
    body: {
      kind: 'create',
      text: 'Ana · 2026-01-02 12:00:02 UTC\nHi\n\nAna · 2026-01-02 12:00:03 UTC\nThere?',
      visitor: { id: visitorId, name: 'Ana' },
      standing: 'live',
    },
  })
})

it('makes no ticket of a chat in which nobody wrote', async () => {
  const log = [started(), closed(2)]
  expect(await ticketFor(log, log)).toBeNull()
})

it('makes no ticket of what we say by ourselves', async () => {
  const log = [started({ offline: true }), said(2, 'We are shut.', { kind: 'system', rule: 'outside-hours' })]
  expect(await ticketFor(log, log)).toBeNull()
})

it('makes the ticket as its inbox says, and holds on to that', async () => {
  const log = [started({ inbox: 'shop' }), said(2, 'Hi')]
  expect(await ticketFor(log, log)).toMatchObject({ body: { kind: 'create', settings } })
})

it('passes no message over because the chat was closed before it', async () => {
  const log = [started(), closed(2), said(3, 'Back'), closed(4)]
  expect(await ticketFor(log, log.slice(1))).toMatchObject({ from: 3, to: 3, body: { kind: 'create' } })
})

it('makes a follow-up of a closed ticket', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), said(4, 'Back')]
  expect(await ticketFor(log, log.slice(3), { followUpOf: '7' })).toMatchObject({
    from: 4,
    to: 4,
    body: { kind: 'create', followUpOf: '7' },
  })
})

it('brings what was written meanwhile as one private comment, more than a second after the stamp', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'Hello', bo), said(4, 'Not for the customer', bo, true)]
  expect(await updateFor(log, log.slice(2))).toEqual({
    from: 3,
    to: 4,
    part: 1,
    parts: 1,
    lane: 'urgent',
    budgets: budgets.update,
    repeatable: true,
    notBefore: heard + 1_050,
    body: {
      kind: 'comment',
      public: false,
      text: 'Bo · 2026-01-02 12:00:03 UTC\nHello\n\nBo (note) · 2026-01-02 12:00:04 UTC\nNot for the customer',
    },
  })
})

it('leaves to the next comment what one does not hold', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), said(4, long)]
  expect(await updateFor(log, log.slice(1))).toMatchObject({ from: 2, to: 2, parts: 1 })
})

it.each([
  { why: 'the visitor wrote', event: said(3, 'Hm'), status: 'pending' },
  { why: 'the chat goes on in a solved ticket', event: said(3, 'One more thing', bo), status: 'solved' },
])('opens the ticket when $why', async ({ event, status }) => {
  const log = [started(), said(2, 'Hi'), event]
  expect(await updateFor(log, [event], { status })).toMatchObject({ body: { status: 'open', public: false } })
})

it('ends with one public transcript of the stretch since the last closing, without notes, and solves', async () => {
  const log = [
    started(),
    said(2, 'First'),
    closed(3),
    said(4, 'Second'),
    said(5, 'Secret', bo, true),
    said(6, 'Answer', bo),
    closed(7),
  ]
  expect(await updateFor(log, log.slice(6))).toMatchObject({
    from: 7,
    to: 7,
    part: 1,
    parts: 1,
    body: {
      kind: 'comment',
      public: true,
      status: 'solved',
      text: 'Transcript of the chat\n\nAna · 2026-01-02 12:00:04 UTC\nSecond\n\nBo · 2026-01-02 12:00:06 UTC\nAnswer',
    },
  })
})

it('solves with the last part of a transcript that takes several', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), closed(4)]
  const calls = await Promise.all([0, 1].map((done) => updateFor(log, log.slice(3), {}, done)))
  const seen = calls.map((call) => ({ part: call?.part, parts: call?.parts, status: Object(call?.body).status }))
  expect(seen).toEqual([
    { part: 1, parts: 2, status: undefined },
    { part: 2, parts: 2, status: 'solved' },
  ])
})

it('mails nobody a transcript without a word in it', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), said(4, 'Between us', bo, true), closed(5)]
  expect(await updateFor(log, log.slice(4))).toMatchObject({
    body: { kind: 'comment', public: false, status: 'solved', text: 'The chat was closed.' },
  })
})

const left = [started({ offline: true }), said(2, 'Call me'), closed(3), said(4, 'Please'), closed(5, 'timeout')]
const answered = [...left.slice(0, 2), said(3, 'Hello', bo), closed(4)]
const noted = [...left.slice(0, 2), said(3, 'Strange', bo, true), closed(4)]

it.each([
  { what: 'what the visitor left', log: left.slice(0, 3), status: undefined },
  { what: 'what they left and went on with in vain', log: left, status: undefined },
  { what: 'what has a note and no answer', log: noted, status: undefined },
  { what: 'what was answered', log: answered, status: 'solved' },
  { what: 'what somebody of the team closed', log: [...left.slice(0, 2), closed(3, 'agent')], status: 'solved' },
])('closing a chat that began outside the hours, leaves the ticket with the status: $what', async ({ log, status }) => {
  const call = await updateFor(log, log.slice(-1))
  expect([Object(call?.body).status, Object(call?.body).public]).toEqual([status, status === 'solved'])
})

it('opens the ticket when somebody of the team opens the chat again, apart from what was said around it', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), reopened(4, bo), said(5, 'One thing more', bo), reopened(6, bo)]
  const ours = { kind: 'comment', public: false, status: 'open', text: 'Bo reopened the chat.' }
  expect([await updateFor(log, log.slice(3)), await updateFor(log, log.slice(4))]).toMatchObject([
    { from: 4, to: 4, body: ours },
    { from: 5, to: 5 },
  ])
})

it('has nothing to bring of read marks', async () => {
  expect(await updateFor([started()], [started()])).toBeNull()
})

it('puts what we said before anybody wrote above the first message, whether it was passed before or not', async () => {
  const log = [started(), said(2, 'Welcome', { kind: 'system', rule: 'greeting' }), said(3, 'Hi')]
  const calls = [await ticketFor(log, log), await ticketFor(log, log.slice(2))]
  const text = 'Deskbridge · 2026-01-02 12:00:02 UTC\nWelcome\n\nAna · 2026-01-02 12:00:03 UTC\nHi'
  expect(calls).toMatchObject([
    { from: 3, to: 3, body: { text } },
    { from: 3, to: 3, body: { text } },
  ])
})

const chatted = [started(), said(2, 'Hi'), said(3, 'Hello', bo)]
const overAt4 = [...chatted, closed(4, 'agent')]

it.each([
  { what: 'goes on', log: [...chatted, said(4, 'Thanks')], tags: 'chat vip', standing: undefined },
  { what: 'is closed', log: overAt4, tags: 'chat vip', standing: 'ended' },
  { what: 'is left', log: left.slice(0, 3), tags: 'chat vip', standing: 'away' },
  {
    what: 'was left, and its answers are mailed',
    log: [...chatted, toBeMailed(4, { after: 2, upTo: 3 })],
    tags: 'chat vip',
    standing: 'away',
  },
  {
    what: 'had ended, and the visitor writes',
    log: [...overAt4, said(5, 'Again')],
    tags: 'chat_ended',
    standing: 'live',
  },
  {
    what: 'had ended, and an agent writes',
    log: [...overAt4, said(5, 'By the way', bo)],
    tags: 'chat_ended',
    standing: 'away',
  },
  {
    what: 'had ended, and a note is written',
    log: [...overAt4, said(5, 'Hm', bo, true)],
    tags: 'chat_ended',
    standing: undefined,
  },
  {
    what: 'was left, and the visitor is back',
    log: [...chatted, said(4, 'Here I am')],
    tags: 'chat_away',
    standing: 'live',
  },
  { what: 'is opened again', log: [...overAt4, reopened(5, bo)], tags: 'chat_ended', standing: 'live' },
])('says by its tag how a chat stands that $what', async ({ log, tags, standing }) => {
  const call = await updateFor(log, log.slice(-1), { tags })
  expect(Object(call?.body).standing).toBe(standing)
})

it('makes a follow-up that stands as the chat does', async () => {
  const calls = [said(5, 'Again'), said(5, 'By the way', bo)].map((last) =>
    ticketFor([...overAt4, last], [last], { followUpOf: '7' }),
  )
  expect((await Promise.all(calls)).map((call) => Object(call?.body).standing)).toEqual(['live', 'away'])
})

it('leaves a solved ticket solved for a note and for what the service says by itself', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'A note', bo, true), said(4, 'Gone', { kind: 'system', rule: 'x' })]
  expect((await updateFor(log, log.slice(2), { status: 'solved' }))?.body).not.toHaveProperty('status')
})

it('tells the visitor who has left what they missed in one public comment, as it is now and without notes', async () => {
  const log = [
    started(),
    said(2, 'Hi'),
    said(3, 'Seen', bo),
    said(4, 'Missed', bo),
    said(5, 'Secret', bo, true),
    said(6, 'Also', bo),
    edited(7, said(6, ''), 'Also this'),
    { ...said(8, 'From the ticket', bo), origin: 'zendesk' },
    toBeMailed(9, { after: 3, upTo: 6 }),
    said(10, 'Later', bo),
  ]
  expect([await updateFor(log, log.slice(3)), await updateFor(log, log.slice(8))]).toMatchObject([
    { from: 4, to: 8, body: { public: false } },
    {
      from: 9,
      to: 9,
      part: 1,
      parts: 1,
      body: {
        kind: 'comment',
        public: true,
        text: 'Bo · 2026-01-02 12:00:04 UTC\nMissed\n\nBo · 2026-01-02 12:00:06 UTC\nAlso this',
      },
    },
  ])
})

it('brings nothing of an email that our own server has sent, and keeps the transcript among the team then', async () => {
  const log = [started(), said(2, 'Hi'), toBeMailed(3), said(4, 'Answer', bo), closed(5)]
  expect([await updateFor(log, log.slice(2, 3)), await updateFor(log, log.slice(4), {}, 0, false)]).toMatchObject([
    null,
    { from: 5, body: { public: false, status: 'solved' } },
  ])
})
