import { beforeEach, describe, expect, it } from 'vitest'
import { noteStatus } from '../../../src/analytics/agents/note-statuses.ts'
import { desk } from '../../../src/analytics/agents/roll-desk.ts'
import { createCalendars } from '../../../src/analytics/calendar/calendars.ts'
import { writeFacts } from '../../../src/analytics/facts/write-facts.ts'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { trace } from '../../../src/analytics/reports/trace.ts'
import { rollStale } from '../../../src/analytics/rollups/roll-stale.ts'
import { foldNews } from '../../../src/analytics/rounds/fold-news.ts'
import { takeTurn } from '../../../src/analytics/rounds/turn.ts'
import { LogEvent } from '../../../src/contract/event.ts'
import { Hours } from '../../../src/contract/hours.ts'
import { bytesFrom, createIds } from '../../../src/platform/ids.ts'
import { anAnalytics } from '../../support/analytics/world.ts'

const minute = 60_000
const hour = 60 * minute
/** A Monday. */
const monday = Date.parse('2026-11-16T00:00:00Z')
const at = (hours: number, minutes = 0) => monday + hours * hour + minutes * minute

const ids = createIds(bytesFrom('rounds'))
const bo = { id: ids.agent(), name: 'Bo' }

let world: Awaited<ReturnType<typeof anAnalytics>>
beforeEach(async () => {
  world = await anAnalytics(['always', 'lisbon', 'new-york', 'kolkata'])
  await world.empty()
})

type Step = [at: number, type: string, actor: object, body: object]
const routing = { kind: 'system', rule: 'routing' }
const asks = (time: number): Step => [
  time,
  'message',
  { kind: 'visitor', id: ids.visitor() },
  { messageType: 'text', content: 'words', internal: false },
]
const says = (time: number): Step => [
  time,
  'message',
  { kind: 'agent', ...bo },
  { messageType: 'text', content: 'words', internal: false },
]
const taken = (time: number): Step => [time, 'assigned', routing, { agent: bo, reason: 'taken' }]
const closed = (time: number): Step => [time, 'session_closed', routing, { resolution: 'r', reason: 'agent' }]

/** A chat's log, from its first step on. */
function aLog(inbox: string, steps: readonly Step[]): LogEvent[] {
  const session = ids.session()
  const visitor = { id: ids.visitor() }
  const begun: Step = [
    steps[0]?.[0] ?? monday,
    'session_started',
    { kind: 'visitor', id: visitor.id },
    { epoch: ids.epoch(), inbox, channel: 'web', visitor },
  ]
  return [begun, ...steps].map(([time, type, actor, body], index) =>
    LogEvent.parse({
      ...{ _id: ids.event(), session, seq: index + 1, key: `auto:step:${index}`, version: 1 },
      ...{ at: new Date(time), origin: 'deskbridge', type, actor, body },
    }),
  )
}

const days = { from: '2026-11-16', until: '2026-11-17' }
const asked: AskedReport = { ...days, by: 'day', hours: 'calendar', inboxes: ['always'], seesAgents: false }

async function totals(query: Partial<AskedReport>, metrics: string[]) {
  const { total } = await world.report({ ...asked, ...query, metrics })
  return metrics.map((id) => total[id]?.value)
}

describe('the turn', () => {
  it('is one process’s at a time', async () => {
    await world.commit(aLog('always', [asks(at(9)), says(at(9, 5))]))
    const held = await takeTurn(world.connection, () => at(10))
    const refused = await world.fold(at(10))
    await held?.end()
    const folded = await world.fold(at(10))
    expect([refused, folded, await totals({}, ['sessions', 'visitor_messages'])]).toEqual([null, 1, [1, 1]])
  })

  it('that was lost clears nothing: what its holder wrote too late is made by the next', async () => {
    const events = aLog('always', [asks(at(9)), says(at(9, 5)), asks(at(9, 10)), asks(at(9, 11))])
    await world.commit(events.slice(0, 3))
    const lost = await takeTurn(world.connection, () => at(10))
    await world.fold(at(10, 2))
    await world.commit(events.slice(3))
    const [first] = events
    if (!lost || !first) throw new Error('no turn')
    await writeFacts(world.deps, new Map([[first.session, events.length]]), { again: false })
    const isKept = await rollStale(world.deps, lost)
    await world.fold(at(10, 3))
    expect([isKept, await totals({}, ['visitor_messages'])]).toEqual([false, [3]])
  })

  it('that was left between the writing and the clearing is taken up', async () => {
    await world.commit(aLog('always', [asks(at(9)), says(at(9, 5))]))
    const left = await takeTurn(world.connection, () => at(10))
    if (!left) throw new Error('no turn')
    const [event] = await world.connection.collection<LogEvent>('events').find().toArray()
    if (!event) throw new Error('no event')
    await writeFacts(world.deps, new Map([[event.session, 3]]), { again: false })
    const stops = { ...left, keep: () => Promise.reject(new Error('the process ended')) }
    await expect(rollStale(world.deps, stops)).rejects.toThrow('the process ended')
    await world.fold(at(10, 2))
    const stale = await world.connection.collection('session_facts').countDocuments({ isStale: true })
    expect([stale, await totals({}, ['sessions', 'agent_messages'])]).toEqual([0, [1, 1]])
  })
})

it('finds what was committed while a long round was folding', async () => {
  await world.commit(aLog('always', [asks(at(9))]))
  await world.fold(at(9, 30))
  await world.commit(aLog('always', [asks(at(9, 40))]))
  let now = at(10)
  const meanwhile = aLog('always', [asks(at(10, 1))])
  const slow = {
    ...world.deps,
    now: () => now,
    async *logOf(session: LogEvent['session']) {
      if (now === at(10)) await world.commit(meanwhile)
      now = at(10, 20)
      yield* world.deps.logOf(session)
    },
  }
  await foldNews(slow, new AbortController().signal)
  await world.fold(at(10, 21))
  expect(await totals({}, ['sessions'])).toEqual([3])
})

it('folds everything again when the definitions are others', async () => {
  await world.commit(aLog('always', [asks(at(9)), says(at(9, 5))]))
  await world.fold(at(10))
  await world.connection.collection('session_facts').updateMany({}, { $set: { version: 0, said: [], responses: [] } })
  await world.connection.collection('rollups').updateMany({}, { $set: { cells: [] } })
  await world.connection.collection('analytics_progress').updateOne({}, { $set: { version: 0 } })
  expect([await world.fold(at(30)), await totals({}, ['visitor_messages', 'first_response_avg'])]).toEqual([
    1,
    [1, 5 * minute],
  ])
})

describe('an inbox whose hours change', () => {
  const never = Hours.parse({
    timeZone: 'Asia/Tokyo',
    weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  })

  it('has the earlier ones for chats that began before', async () => {
    await world.commit(aLog('lisbon', [asks(at(10)), says(at(10, 5)), closed(at(10, 10))]))
    const long = aLog('lisbon', [asks(at(11)), says(at(11, 5)), asks(at(14)), says(at(14, 10))])
    await world.commit(long.slice(0, 3))
    await world.fold(at(12))
    const query: Partial<AskedReport> = { inboxes: ['lisbon'], hours: 'business' }
    const before = await totals(query, ['sessions', 'first_response_avg'])
    await world.calendars.note([{ key: 'lisbon', hours: never }])
    await world.commit(long.slice(3))
    await world.commit(aLog('lisbon', [asks(at(15)), says(at(15, 20))]))
    await world.fold(at(16))
    expect([before, await totals(query, ['sessions', 'first_response_avg', 'later_response_avg'])]).toEqual([
      [2, 5 * minute],
      [3, (10 * minute) / 3, 10 * minute],
    ])
  })

  it('has all its chats behind its figures, on whichever wall they began', async () => {
    const long = aLog('lisbon', [asks(at(11)), says(at(11, 5)), asks(at(20)), asks(at(22))])
    await world.commit(long.slice(0, 3))
    await world.fold(at(12))
    await world.calendars.note([{ key: 'lisbon', hours: never }])
    await world.commit(long.slice(3))
    await world.fold(at(23))
    const found = await Promise.all(
      ['2026-11-16', '2026-11-17'].map(async (day) => {
        const query = { from: day, until: day, inboxes: ['lisbon'] }
        const { chats } = await trace(world, { ...query, metric: 'visitor_messages', hours: 'calendar', limit: 50 })
        const sum = chats.flatMap(({ values }) => values).reduce((all, { value }) => all + value, 0)
        return [await totals(query, ['visitor_messages']), [sum]]
      }),
    )
    expect(found).toEqual([
      [[1], [1]],
      [[2], [2]],
    ])
  })
})

it('reads for the chats behind a filter none of the hours without it', async () => {
  await world.commit(aLog('always', [asks(at(9)), says(at(9, 5))]))
  const others = aLog('always', [asks(at(12))])
  await world.commit(others)
  await world.fold(at(20))
  const unreadable = { $unset: { waits: 1 } }
  await world.connection.collection('session_facts').updateOne({ _id: others[0]?.session as never }, unreadable)
  const query = { ...days, inboxes: ['always'], metric: 'sessions', hours: 'calendar', limit: 50 } as const
  const [ofBo, ofNobody] = await Promise.all([bo.id, 'agt_nobody'].map((agent) => trace(world, { ...query, agent })))
  expect([ofBo?.chats.length, ofNobody]).toEqual([1, { chats: [], cursor: null }])
})

it('lists each chat once, page by page, where months begin at other times', async () => {
  const begins = Date.parse('2026-10-31T12:00:00Z')
  const inboxes = ['new-york', 'kolkata']
  const logs = Array.from({ length: 24 }, (_, index) => aLog(inboxes[index % 2] ?? '', [asks(begins + index * hour)]))
  await world.commit(logs.flat())
  await world.fold(begins + 25 * hour)
  const query = {
    from: '2026-10-01',
    until: '2026-11-30',
    inboxes,
    metric: 'sessions',
    hours: 'calendar',
    limit: 1,
  } as const
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = await trace(world, { ...query, ...(cursor !== null && { cursor }) })
    found.push(...page.chats.map(({ sessionId }) => sessionId))
    cursor = page.cursor
  } while (cursor !== null)
  expect(found.toSorted()).toEqual(logs.map(([event]) => event?.session ?? '').toSorted())
})

it('has agents’ time over all inboxes, in all reports and in the line of nobody’s inbox', async () => {
  const note = (status: 'online' | 'away' | 'offline', time: number) =>
    noteStatus(world.connection, { agent: bo.id, status, at: new Date(time) })
  await world.fold(at(8, 50))
  await note('online', at(9))
  await note('away', at(10))
  await note('offline', at(10, 30))
  await world.commit(aLog('always', [asks(at(9, 5)), taken(at(9, 10)), closed(at(9, 40))]))
  await world.commit(aLog('lisbon', [asks(at(9, 5)), taken(at(9, 20)), closed(at(9, 50))]))
  await world.fold(at(11))
  const all: Partial<AskedReport> = { inboxes: ['always', 'lisbon'], seesAgents: true }
  const ids = ['online_time', 'away_time', 'busy_time', 'utilisation', 'concurrency']
  const expected = [hour, hour / 2, 0, 40 / 60, 60 / 40]
  const byInbox = await world.report({ ...asked, ...all, by: 'inbox', metrics: ids })
  expect({
    total: await totals(all, ids),
    byInbox: await totals({ ...all, by: 'inbox' }, ids),
    ofBo: await totals({ ...all, agent: bo.id }, ids),
    rows: byInbox.rows.map(({ key, values }) => [key, values.online_time?.value]).toSorted(),
    unseen: await totals({ ...all, seesAgents: false }, ['online_time', 'utilisation']),
  }).toEqual({
    ...{ total: expected, byInbox: expected, ofBo: expected },
    rows: [
      ['always', 0],
      ['lisbon', 0],
    ],
    unseen: [null, null],
  })
})

it('has all of the hour in which a long round began', async () => {
  await world.fold(at(9))
  await noteStatus(world.connection, { agent: bo.id, status: 'online', at: new Date(at(9)) })
  await world.commit(aLog('always', [asks(at(8, 59))]))
  let now = at(9, 50)
  const slow = {
    ...world.deps,
    now: () => now,
    logOf(session: LogEvent['session']) {
      now = at(10, 10)
      return world.deps.logOf(session)
    },
  }
  await foldNews(slow, new AbortController().signal)
  await world.fold(at(10, 20))
  expect(await totals({ seesAgents: true }, ['online_time'])).toEqual([80 * minute])
})

it('has agents’ time once, though the zone of the installation changes', async () => {
  const note = (status: 'online' | 'offline', time: number) =>
    noteStatus(world.connection, { agent: bo.id, status, at: new Date(time) })
  await world.calendars.note([{ key: desk, hours: null }])
  await world.fold(at(8, 50))
  await note('online', at(9))
  await world.commit(aLog('always', [asks(at(9, 5))]))
  await world.fold(at(11))
  await note('offline', at(11))
  const before = await totals({ seesAgents: true }, ['online_time'])
  const moved = createCalendars({ ...world.deps, timeZone: 'Europe/Madrid' })
  await moved.note([{ key: desk, hours: null }])
  await world.connection.collection('session_facts').updateMany({}, [{ $set: { stale: '$hours', isStale: true } }])
  await foldNews({ ...world.deps, calendars: moved, now: () => at(12) }, new AbortController().signal)
  expect([before, await totals({ seesAgents: true }, ['online_time'])]).toEqual([[2 * hour], [2 * hour]])
})

it('keeps the turn while it makes the hours of a chat that was open for a fortnight', async () => {
  const fortnight = 14 * 24
  await world.commit(aLog('always', [asks(at(-fortnight)), taken(at(-fortnight, 5)), closed(at(-1))]))
  const turn = await takeTurn(world.connection, () => at(0))
  const [event] = await world.connection.collection<LogEvent>('events').find().toArray()
  if (!turn || !event) throw new Error('no turn')
  const deps = { ...world.deps, now: () => at(0) }
  await writeFacts(deps, new Map([[event.session, 4]]), { again: false })
  let kept = 0
  const isLost = await rollStale(deps, { ...turn, keep: async () => (kept += 1) < 3 })
  const isMade = await rollStale(deps, { ...turn, keep: async () => (kept += 1) > 0 })
  expect([
    isLost,
    isMade,
    kept > 5,
    await world.connection.collection('session_facts').countDocuments({ isStale: true }),
  ]).toEqual([false, true, true, 0])
})

it('is of whoever had the chat first, whoever has it when it comes back', async () => {
  const ida = { id: ids.agent(), name: 'Ida' }
  const answer: Step = [
    at(9),
    'message',
    { kind: 'agent', ...ida },
    { messageType: 'text', content: 'words', internal: false },
  ]
  await world.commit(aLog('always', [asks(at(2)), answer, closed(at(10)), asks(at(20)), taken(at(21)), says(at(22))]))
  await world.fold(at(24))
  const of = async ({ id }: { id: string }) => totals({ agent: id }, ['sessions'])
  expect([await of(ida), await of(bo)]).toEqual([[1], [0]])
})

it('has the length of the queue by hour of the day and of the week, of these hours alone', async () => {
  await world.commit(aLog('always', [asks(at(9)), taken(at(9, 30))]))
  await world.fold(at(48))
  const row = async (by: 'hour' | 'hour_of_day' | 'hour_of_week', key: string) => {
    const { rows } = await world.report({ ...asked, by, metrics: ['queue_length'] })
    const value = rows.find((one) => one.key === key)?.values.queue_length?.value
    return value && Number(value.toFixed(6))
  }
  expect([
    await row('hour', '2026-11-16T09:00'),
    await row('hour_of_day', '09'),
    await row('hour_of_week', '1-09'),
    await row('hour_of_week', '3-09'),
  ]).toEqual([0.5, 0.25, 0.5, null])
})

it('compares with the days of the same name a year before, and no part of a month with another', async () => {
  const inDays = (day: string) => [asks(Date.parse(`${day}T09:00Z`))]
  for (const day of ['2027-02-28', '2027-03-01', '2028-02-29', '2028-03-01'])
    await world.commit(aLog('always', inDays(day)))
  await world.fold(Date.parse('2028-04-01T00:00Z'))
  const before = async (query: Partial<AskedReport>) => {
    const { rows } = await world.report({ ...asked, metrics: ['sessions'], ...query })
    return rows.map(({ key, before }) => [key, before?.sessions?.value])
  }
  const leap = { from: '2028-02-28', until: '2028-03-01' }
  const cut = { from: '2028-02-10', until: '2028-03-05', by: 'month' as const }
  expect([
    await before({ ...leap, compare: 'year' }),
    await before({ ...cut, compare: 'previous' }),
    await before({ ...cut, compare: 'year' }),
  ]).toEqual([
    [
      ['2028-02-28', 1],
      ['2028-02-29', undefined],
      ['2028-03-01', 1],
    ],
    [
      ['2028-02', undefined],
      ['2028-03', undefined],
    ],
    [
      ['2028-02', 1],
      ['2028-03', 1],
    ],
  ])
})
