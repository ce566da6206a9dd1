import { describe, expect, it } from 'vitest'
import { summaryFold } from '../../chat/sessions/fold-summary.ts'
import { LogEvent } from '../../contract/event.ts'
import { Hours } from '../../contract/hours.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import { bytesFrom, createIds } from '../../platform/ids.ts'
import { createCalendar } from '../calendar/calendar.ts'
import type { Facts } from './facts.ts'
import { foldFacts } from './fold-facts.ts'

const ids = createIds(bytesFrom('fold-facts'))
const session = ids.session()
const visitor = { id: ids.visitor() }
const [bo, ida] = [
  { id: ids.agent(), name: 'Bo' },
  { id: ids.agent(), name: 'Ida' },
]

const minute = 60_000
/** A Monday, half an hour before the inbox closes. */
const start = Date.parse('2026-11-30T17:30:00Z')
const at = (minutes: number) => start + minutes * minute

const open = [{ from: '09:00', to: '18:00' }]
const hours = Hours.parse({
  timeZone: 'UTC',
  weekly: { mon: open, tue: open, wed: open, thu: open, fri: open, sat: [], sun: [] },
})
const calendar = createCalendar({ id: 'shop:0', timeZone: 'UTC', hours })

type Step = [minutes: number, type: string, actor: object, body: object]

const fromVisitor = { kind: 'visitor', id: visitor.id }
const byRouting = { kind: 'system', rule: 'routing' }
const from = (who: typeof bo) => ({ kind: 'agent', ...who })
const words = (internal = false) => ({ messageType: 'text', content: 'words', internal })
const target = { message: ids.event(), messageSeq: 2, internal: false }

const asks = (minutes: number): Step => [minutes, 'message', fromVisitor, words()]
const says = (minutes: number, who = bo, internal = false): Step => [minutes, 'message', from(who), words(internal)]
const colleague = (minutes: number): Step => [
  minutes,
  'message',
  { kind: 'colleague', system: 'slack', id: 'U1', name: 'Grace' },
  words(),
]
const bot = (minutes: number, internal = false): Step => [
  minutes,
  'message',
  { kind: 'bot', id: ids.key(), name: 'Shop' },
  words(internal),
]
const greets = (minutes: number): Step => [minutes, 'message', { kind: 'system', rule: 'greeting' }, words()]
const assigned = (minutes: number, agent = bo): Step => [minutes, 'assigned', byRouting, { agent, reason: 'routing' }]
const unassigned = (minutes: number, agent = bo): Step => [
  minutes,
  'unassigned',
  byRouting,
  { agent, reason: 'no_answer' },
]
const handedTo = (minutes: number, agent: typeof bo): Step => [
  minutes,
  'transferred',
  from(bo),
  { to: { kind: 'agent', agent } },
]
const handedToTeam = (minutes: number, team: string): Step => [
  minutes,
  'transferred',
  from(bo),
  { to: { kind: 'team', team } },
]
const closed = (minutes: number, reason: 'visitor' | 'agent' | 'timeout' = 'agent'): Step => [
  minutes,
  'session_closed',
  byRouting,
  { resolution: `r${minutes}`, reason },
]
const rated = (minutes: number, score: number): Step => [minutes, 'rated', fromVisitor, { resolution: 'r', score }]

function factsOf(steps: readonly Step[], offline = false): Facts {
  const fold = foldFacts({ standing: summaryFold, calendar })
  const begun: Step = [
    0,
    'session_started',
    fromVisitor,
    { epoch: ids.epoch(), inbox: 'shop', channel: 'web', visitor, offline },
  ]
  for (const [index, [minutes, type, actor, body]] of [begun, ...steps].entries())
    fold.take(
      LogEvent.parse({
        ...{ _id: ids.event(), session, seq: index + 1, key: `auto:step:${index}`, version: 1 },
        ...{ at: new Date(at(minutes)), origin: 'deskbridge', type, actor, body },
      }),
    )
  const facts = fold.facts([], [])
  if (!facts) throw new Error('nothing was folded')
  return facts
}

const nobody = { by: null, team: null }
const boOf = (team: string | null = null) => ({ by: bo.id, team })
/** From and until these minutes, of which so many were open. */
const span = (first: number, last: number) => ({ from: at(first), until: at(last) })
const took = (minutes: number, inHours = minutes) => ({ ms: minutes * minute, businessMs: inHours * minute })

it('is all figures of a chat, without a word of it and without its visitor', () => {
  const facts = factsOf([asks(1), assigned(3), says(5), asks(6), says(10), closed(20), rated(21, 4)])
  expect(facts).toEqual({
    ...{ inbox: 'shop', channel: 'web', tags: [], status: 'closed', version: definitionVersion, calendar: 'shop:0' },
    ...{ seq: 8, isOffline: false, startedAt: new Date(start), closedAt: new Date(at(20)) },
    people: [bo],
    said: [
      { at: Date.parse('2026-11-30T17:00Z'), side: 'visitor', count: 2, ...nobody },
      { at: Date.parse('2026-11-30T17:00Z'), side: 'agent', count: 2, ...boOf() },
    ],
    activeDays: [at(1)],
    waits: [{ ...span(1, 3), ...took(2), served: true, ...boOf() }],
    responses: [
      { at: at(5), isFirst: true, ...took(4), ...boOf() },
      { at: at(10), isFirst: false, ...took(4), ...boOf() },
    ],
    automated: [],
    held: [{ ...span(3, 20), ...boOf() }],
    lives: [{ ...span(0, 20), ...took(20), isAsked: true, isAnswered: true, isLeft: false, ...boOf() }],
    ...{ reopenings: [], transfers: [], arrived: [] },
    ratings: [{ at: at(21), score: 4, ...boOf() }],
  })
  expect(JSON.stringify(facts)).not.toMatch(new RegExp(`words|${visitor.id}`))
})

describe('responses', () => {
  it('are from the first unanswered message until a person answers; notes and machines do not', () => {
    const { responses } = factsOf([asks(1), asks(2), greets(3), bot(4), says(5, bo, true), colleague(9), colleague(12)])
    expect(responses).toEqual([{ at: at(9), isFirst: true, ...took(8), by: 'slack:U1', team: null }])
  })

  it('are told in business hours, too', () => {
    const { responses } = factsOf([asks(20), says(40)])
    expect(responses).toEqual([{ at: at(40), isFirst: true, ...took(20, 10), ...boOf() }])
  })

  it('are none to what was closed unanswered, and the first is the first after the chat came back', () => {
    const { responses } = factsOf([asks(1), closed(5), says(6), asks(8), says(11)])
    expect(responses).toEqual([{ at: at(11), isFirst: true, ...took(3), ...boOf() }])
  })

  it('are automated from the first message that nobody answered, once for each question', () => {
    const { automated } = factsOf([asks(1), asks(2), bot(3), bot(4), asks(5), says(6), bot(7), asks(8), bot(10)])
    expect(automated).toEqual([
      { at: at(3), ms: 2 * minute },
      { at: at(10), ms: 2 * minute },
    ])
  })

  it('are not automated by a note, which the visitor does not see', () => {
    const { automated, said } = factsOf([asks(1), bot(2, true), bot(4)])
    expect([automated, said.map(({ side, count }) => [side, count])]).toEqual([
      [{ at: at(4), ms: 3 * minute }],
      [
        ['visitor', 1],
        ['note', 1],
        ['bot', 1],
      ],
    ])
  })
})

describe('waits', () => {
  it('begin with the first message, end with whoever has the chat, and begin anew when it is put back', () => {
    const { waits } = factsOf([asks(1), asks(2), assigned(4), unassigned(6), assigned(9, ida)])
    expect(waits).toEqual([
      { ...span(1, 4), ...took(3), served: true, ...boOf() },
      { ...span(6, 9), ...took(3), served: true, by: ida.id, team: null },
    ])
  })

  it('end with an answer from elsewhere, and are of the team that the chat was for', () => {
    const { waits } = factsOf([asks(1), assigned(2), handedToTeam(3, 'care'), colleague(5)])
    expect(waits).toEqual([
      { ...span(1, 2), ...took(1), served: true, ...boOf() },
      { ...span(3, 5), ...took(2), served: true, by: 'slack:U1', team: 'care' },
    ])
  })

  it('are in vain when the chat is closed in the queue', () => {
    expect(factsOf([asks(1), closed(5, 'visitor')]).waits).toEqual([
      { ...span(1, 5), ...took(4), served: false, ...nobody },
    ])
  })

  it('are none of what was left outside the hours, or of a chat in which nothing was said', () => {
    const [left, silent] = [factsOf([asks(1), says(30)], true), factsOf([closed(5, 'timeout')])]
    expect([left.waits, left.isOffline, silent.waits, silent.isOffline]).toEqual([[], true, [], false])
  })
})

it('has each stretch in which an agent had the chat, over transfers, and each transfer of whoever gave it', () => {
  const { held, transfers } = factsOf([
    ...[asks(1), assigned(2), handedTo(5, ida), handedToTeam(9, 'care'), assigned(12), closed(20)],
  ])
  expect([held, transfers]).toEqual([
    [
      { ...span(2, 5), ...boOf() },
      { ...span(5, 9), by: ida.id, team: null },
      { ...span(12, 20), ...boOf('care') },
    ],
    [
      { at: at(5), ...boOf() },
      { at: at(9), by: ida.id, team: null },
    ],
  ])
})

describe('lives', () => {
  it('are from the start, or the coming back, until each closing, of whoever had the chat', () => {
    const { lives, reopenings, ratings } = factsOf([
      ...[asks(1), assigned(2), says(3), closed(10), rated(11, 5), asks(60), assigned(61, ida), says(62, ida)],
      ...[closed(70), closed(71), rated(72, 2)],
    ])
    const answered = { isAsked: true, isAnswered: true, isLeft: false }
    expect({ lives, reopenings, ratings }).toEqual({
      lives: [
        { ...span(0, 10), ...took(10), ...answered, ...boOf() },
        { ...span(60, 70), ...took(10, 0), ...answered, by: ida.id, team: null },
      ],
      reopenings: [{ at: at(60), ...boOf() }],
      ratings: [
        { at: at(11), score: 5, ...boOf() },
        { at: at(72), score: 2, by: ida.id, team: null },
      ],
    })
  })

  it.each([
    ['missed and abandoned', [asks(1), closed(5, 'visitor')], { isAsked: true, isAnswered: false, isLeft: true }],
    ['abandoned by itself', [asks(1), closed(5, 'timeout')], { isAsked: true, isAnswered: false, isLeft: true }],
    ['missed by the team', [asks(1), bot(2), closed(5)], { isAsked: true, isAnswered: false, isLeft: false }],
    ['neither, when nothing was asked', [closed(5, 'visitor')], { isAsked: false, isAnswered: false, isLeft: true }],
    ['answered', [asks(1), colleague(2), closed(5, 'visitor')], { isAsked: true, isAnswered: true, isLeft: true }],
  ] as const)('are %s', (_, steps, expected) => {
    expect(factsOf(steps).lives).toMatchObject([expected])
  })

  it('are judged each by itself: an answer before a closing is none after the coming back', () => {
    const { lives } = factsOf([asks(1), says(2), closed(5), asks(6), closed(9, 'timeout')])
    expect(lives.map(({ isAnswered, by }) => [isAnswered, by])).toEqual([
      [true, bo.id],
      [false, null],
    ])
  })
})

it('has the first message of each day that a person wrote to another', () => {
  const { activeDays } = factsOf([greets(1), asks(2), says(3), says(400, bo, true), says(401), asks(402)])
  expect(activeDays).toEqual([at(2), at(401)])
})

it('counts messages also when they were edited, deleted or erased', () => {
  const { said } = factsOf([
    ...[asks(1), says(2)],
    [3, 'message_edited', fromVisitor, { ...target, content: 'others' }],
    [4, 'message_deleted', fromVisitor, target],
    [5, 'erased', { kind: 'admin', id: 'key' }, { upTo: 3, reason: 'request' }],
  ])
  expect(said.map(({ side, count }) => [side, count])).toEqual([
    ['visitor', 1],
    ['agent', 1],
  ])
})

it('lets nothing take less than no time, where a clock is behind', () => {
  const { waits, responses, held, lives } = factsOf([asks(10), assigned(8), says(7), closed(-5)])
  const none = took(0)
  expect({ waits, responses, held, lives }).toEqual({
    waits: [{ ...span(10, 10), ...none, served: true, ...boOf() }],
    responses: [{ at: at(7), isFirst: true, ...none, ...boOf() }],
    held: [{ ...span(8, 8), ...boOf() }],
    lives: [{ ...span(0, 0), ...none, isAsked: true, isAnswered: true, isLeft: false, ...boOf() }],
  })
})
