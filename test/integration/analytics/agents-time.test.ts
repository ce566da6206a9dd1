import { beforeEach, expect, it } from 'vitest'
import { noteStatus } from '../../../src/analytics/agents/note-statuses.ts'
import { desk } from '../../../src/analytics/agents/roll-desk.ts'
import { createCalendars } from '../../../src/analytics/calendar/calendars.ts'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { foldNews } from '../../../src/analytics/rounds/fold-news.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { asked, at, aWeek, hour, minute, totalsIn } from '../../support/analytics/week.ts'
import { anAnalytics, type TestAnalytics } from '../../support/analytics/world.ts'

let world: TestAnalytics
beforeEach(async () => {
  world = await anAnalytics(['always', 'lisbon', 'new-york', 'kolkata'])
  await world.empty()
})
const { bo, asks, taken, closed, aLog } = aWeek('agents’ time')
const totals = (query: Partial<AskedReport>, metrics: string[]) => totalsIn(world, query, metrics)

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
      ['always', null],
      ['lisbon', null],
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
