import { beforeEach, expect, it } from 'vitest'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { asked, at, aWeek, totalsIn } from '../../support/analytics/week.ts'
import { anAnalytics, type TestAnalytics } from '../../support/analytics/world.ts'

let world: TestAnalytics
beforeEach(async () => {
  world = await anAnalytics(['always', 'lisbon', 'new-york', 'kolkata'])
  await world.empty()
})
const { ids, bo, asks, says, taken, closed, aLog } = aWeek('lines')
const totals = (query: Partial<AskedReport>, metrics: string[]) => totalsIn(world, query, metrics)

it('is of whoever had the chat first, whoever has it when it comes back', async () => {
  const ida = { id: ids.agent(), name: 'Ida' }
  await world.commit(
    aLog('always', [asks(at(2)), says(at(9), ida), closed(at(10)), asks(at(20)), taken(at(21)), says(at(22))]),
  )
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
