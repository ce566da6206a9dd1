import { expect, it } from 'vitest'
import {
  aFile,
  bo,
  closed,
  parcels,
  reopened,
  requested,
  said,
  sent,
  started,
  visitorId,
} from '../../../../test/integration/zendesk/events.ts'
import { anInbox, budgets, type Planned, ticketFor, updateFor } from '../../../../test/integration/zendesk/planning.ts'
import type { LogEvent } from '../../../contract/event.ts'

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
      public: false,
      visitor: { id: visitorId, name: 'Ana' },
      inbox: { key: 'default', name: 'Our shop' },
      standing: 'live',
      settings: anInbox().zendesk,
    },
  })
})

it('makes no ticket for what a bot says, and brings it with what somebody writes', async () => {
  const log = [started(), said(2, 'Welcome', parcels), said(3, 'Hi')]
  const calls = [await ticketFor(log, log.slice(0, 2)), await ticketFor(log, log)]
  expect(calls.map((call) => call && { from: call.from, to: call.to, text: Object(call.body).text })).toEqual([
    null,
    {
      ...{ from: 3, to: 3 },
      text: 'Parcels (bot) · 2026-01-02 12:00:02 UTC\nWelcome\n\nAna · 2026-01-02 12:00:03 UTC\nHi',
    },
  ])
})

it('makes the ticket as its inbox says, on its clock, and holds on to that', async () => {
  const zendesk = { brandId: '1', tags: ['vip'], timeZone: 'Europe/Paris' }
  const log = [started(), said(2, 'Hi')]
  expect(await ticketFor(log, log, { inbox: { zendesk } })).toMatchObject({
    body: { text: 'Ana · 2026-01-02 13:00:02 CET\nHi', settings: zendesk },
  })
})

it('goes by the clock of the inbox’s hours where the tickets have none of their own', async () => {
  const log = [started(), said(2, 'Hi')]
  const call = await ticketFor(log, log, { inbox: { hours: { timeZone: 'Asia/Tokyo', weekly: weekly() } } })
  expect(Object(call?.body).text).toBe('Ana · 2026-01-02 21:00:02 GMT+9\nHi')
})

const weekly = () => ({ mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] })
const greeting = said(2, 'Welcome', { kind: 'system', rule: 'greeting' })
const when = (...zendesk: ('first_message' | 'unanswered' | 'outside_hours' | 'closed')[]): Planned => ({
  inbox: { zendesk: { when: zendesk } },
})

it.each<[string, LogEvent[], Planned, number | null]>([
  ['in which nobody wrote', [started(), closed(2)], {}, null],
  ['in which nobody wrote, at its end', [started(), greeting, closed(3)], when('closed'), null],
  ['in which only we have said something', [started({ offline: true }), greeting], when('outside_hours'), null],
  ['with its first message', [started(), greeting, said(3, 'Hi')], when('first_message'), 3],
  ['outside the hours', [started({ offline: true }), said(2, 'Hi')], when('outside_hours'), 2],
  ['inside the hours', [started(), said(2, 'Hi'), said(3, 'Hello', bo)], when('outside_hours', 'closed'), null],
  ['at its end', [started(), said(2, 'Hi'), said(3, 'Hello', bo), closed(4)], when('closed'), 4],
  ['before its end', [started(), said(2, 'Hi'), said(3, 'Hello', bo)], when('closed'), null],
  ['at its end, where that is no reason', [started(), said(2, 'Hi'), closed(3)], when('unanswered'), null],
  ['on request', [started(), said(2, 'Hi'), requested(3, bo)], when(), 3],
  ['on request before anybody wrote', [started(), requested(2, bo)], when(), 2],
  ['without a request', [started(), said(2, 'Hi'), reopened(3, bo)], when(), null],
  ['again when it has had one that is deleted', [started(), said(2, 'Hi')], { ...when(), remote: { had: '7' } }, 2],
  [
    'again when it has had one that is closed',
    [started(), said(2, 'Hi')],
    { ...when(), remote: { followUpOf: '7' } },
    2,
  ],
  ['again, not for its end', [started(), said(2, 'Hi'), closed(3)], { ...when('closed'), remote: { had: '7' } }, 2],
])('knows when to make a ticket of a chat: %s', async (_, log, planned, from) => {
  expect((await ticketFor(log, log, planned))?.from ?? null).toBe(from)
})

it('puts all that was said and is in no ticket above what the ticket is made for, whether it was passed before or not', async () => {
  const log = [started(), greeting, said(3, 'Hi'), said(4, 'Secret', bo, true), requested(5, bo), said(6, 'Later')]
  const calls = [await ticketFor(log, log, when()), await ticketFor(log, log.slice(4), when())]
  const text = [
    'Deskbridge · 2026-01-02 12:00:02 UTC\nWelcome',
    'Ana · 2026-01-02 12:00:03 UTC\nHi',
    'Bo (note) · 2026-01-02 12:00:04 UTC\nSecret',
  ].join('\n\n')
  const made = { from: 5, to: 5, parts: 1, body: { text, public: false } }
  expect(calls).toMatchObject([made, made])
})

it('puts what we said before anybody wrote above the first message, and takes along what came since', async () => {
  const log = [started(), greeting, said(3, 'Hi'), said(4, 'There?')]
  expect(await ticketFor(log, log.slice(2))).toMatchObject({
    from: 3,
    to: 4,
    body: { text: expect.stringMatching(/Welcome.*Hi.*There\?$/s) },
  })
})

it('goes on in comments with what one does not hold, for the same event, and takes no later one along', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), said(4, long), requested(5, bo), said(6, 'Later')]
  const made = await ticketFor(log, log, when())
  const rest = [1, 2].map((partsDone) => updateFor(log, log.slice(4), { ...when(), partsDone }))
  const calls = [made, ...(await Promise.all(rest))]
  expect(calls).toMatchObject([1, 2, 3].map((part) => ({ from: 5, to: 5, part, parts: 3, body: { public: false } })))
  expect(calls.map((call) => Object(call?.body).text.slice(0, 29))).toEqual(
    [2, 3, 4].map((seq) => `Ana · 2026-01-02 12:00:0${seq} UTC`),
  )
})

it('passes no message over because the chat was closed before it', async () => {
  const log = [started(), closed(2), said(3, 'Back'), closed(4)]
  expect(await ticketFor(log, log.slice(1))).toMatchObject({ from: 3, to: 3, body: { kind: 'create' } })
})

it('makes a follow-up of a closed ticket, with what is new', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), said(4, 'Back')]
  expect(await ticketFor(log, log.slice(3), { remote: { followUpOf: '7' } })).toMatchObject({
    from: 4,
    to: 4,
    body: { kind: 'create', followUpOf: '7', text: 'Ana · 2026-01-02 12:00:04 UTC\nBack' },
  })
})

it('makes a follow-up that stands as the chat does', async () => {
  const over = [started(), said(2, 'Hi'), said(3, 'Hello', bo), closed(4, 'agent')]
  const calls = [said(5, 'Again'), said(5, 'By the way', bo)].map((last) =>
    ticketFor([...over, last], [last], { remote: { followUpOf: '7' } }),
  )
  expect((await Promise.all(calls)).map((call) => Object(call?.body).standing)).toEqual(['live', 'away'])
})

it('makes the ticket of a chat that is over as its transcript, solved, and of one that was left as it is', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'Secret', bo, true), said(4, 'Hello', bo), closed(5, 'agent')]
  const left = [started({ offline: true }), said(2, 'Call me'), closed(3)]
  const text = 'Transcript of the chat\n\nAna · 2026-01-02 12:00:02 UTC\nHi\n\nBo · 2026-01-02 12:00:04 UTC\nHello'
  const calls = [await ticketFor(log, log, when('closed')), await ticketFor(left, left, when('closed'))]
  expect(calls).toMatchObject([
    { from: 5, to: 5, body: { text, public: true, status: 'solved', standing: 'ended' } },
    { from: 3, to: 3, body: { public: false, standing: 'away' } },
  ])
  expect(calls[1]?.body).not.toHaveProperty('status')
})

it('knows the visitor as they are by then', async () => {
  const visitor = { id: visitorId, name: 'Ana', email: 'ana@example.com' }
  const told: LogEvent = { ...said(3, ''), type: 'visitor_updated', body: { visitor } }
  const log = [started(), said(2, 'Hi'), told, requested(4, bo)]
  expect(await ticketFor(log, log, when())).toMatchObject({ body: { visitor } })
})

it('attaches the files of what a ticket is made with in a comment of their own, for the same event', async () => {
  const log = [started(), sent(2, aFile(1, 'bill {{1}}.pdf')), said(3, 'There')]
  const calls = [await ticketFor(log, log), await updateFor(log, log.slice(1), { partsDone: 1 })]
  expect(calls).toMatchObject([
    { from: 2, to: 2, part: 1, parts: 2, body: { kind: 'create' } },
    { from: 2, to: 2, part: 2, parts: 2, body: { kind: 'comment', files: [{ name: 'bill {{1}}.pdf' }] } },
  ])
  expect(Object(calls[1]?.body).text).toBe('Files of the chat so far:\nbill {\u200b{1}}.pdf')
})
