import { beforeEach, describe, expect, it } from 'vitest'
import { writeFacts } from '../../../src/analytics/facts/write-facts.ts'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { rollStale } from '../../../src/analytics/rollups/roll-stale.ts'
import { foldNews } from '../../../src/analytics/rounds/fold-news.ts'
import { takeTurn } from '../../../src/analytics/rounds/turn.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { at, aWeek, minute, totalsIn } from '../../support/analytics/week.ts'
import { anAnalytics, type TestAnalytics } from '../../support/analytics/world.ts'

let world: TestAnalytics
beforeEach(async () => {
  world = await anAnalytics(['always', 'lisbon', 'new-york', 'kolkata'])
  await world.empty()
})
const { asks, says, taken, closed, aLog } = aWeek('rounds')
const totals = (query: Partial<AskedReport>, metrics: string[]) => totalsIn(world, query, metrics)

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
