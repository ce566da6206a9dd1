import { beforeEach, describe, expect, it } from 'vitest'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { trace } from '../../../src/analytics/reports/trace.ts'
import { Hours } from '../../../src/contract/hours.ts'
import { at, aWeek, days, hour, minute, totalsIn } from '../../support/analytics/week.ts'
import { anAnalytics, type TestAnalytics } from '../../support/analytics/world.ts'

let world: TestAnalytics
beforeEach(async () => {
  world = await anAnalytics(['always', 'lisbon', 'new-york', 'kolkata'])
  await world.empty()
})
const { bo, asks, says, closed, aLog } = aWeek('walls')
const totals = (query: Partial<AskedReport>, metrics: string[]) => totalsIn(world, query, metrics)

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
