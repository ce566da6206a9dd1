import { expect, it } from 'vitest'
import type { ReportBy } from '../../contract/analytics.ts'
import { bucketsOf } from './buckets.ts'
import { lengthsIn } from './days.ts'

const found = (key: string, value = '') => ({ inbox: 'shop', key, value })
const days = (from: string, until = from) => ({ from, until })

it.each(['2026-10-25', '2026-03-29'])('has a line for each of 24 names of hours on %s, when the clock jumps', (day) => {
  const { keys } = bucketsOf('hour', days(day))
  expect([keys.length, keys[0], keys.at(-1)]).toEqual([24, `${day}T00:00`, `${day}T23:00`])
})

it('puts the two hours of one name into one line', () => {
  const { keyOf } = bucketsOf('hour', days('2026-10-25'))
  expect(['2026-10-25T01:00+01:00', '2026-10-25T01:00+00:00'].map((key) => keyOf(found(key)))).toEqual([
    '2026-10-25T01:00',
    '2026-10-25T01:00',
  ])
})

it('has a line for each day or month, and cuts months at the ends of the period', () => {
  const period = days('2026-01-30', '2026-03-02')
  const [byDay, byMonth] = [bucketsOf('day', period), bucketsOf('month', period)]
  expect([byDay.keys.length, byMonth.keys, byMonth.keyOf(found('2026-02'))]).toEqual([
    32,
    ['2026-01', '2026-02', '2026-03'],
    '2026-02',
  ])
})

it('has all hours of a day and of a week', () => {
  const [ofDay, ofWeek] = [bucketsOf('hour_of_day', days('2026-01-01')), bucketsOf('hour_of_week', days('2026-01-01'))]
  expect([
    [ofDay.keys.length, ofDay.keyOf(found('2026-01-01', '4-09'))],
    [ofWeek.keys.length, ofWeek.keyOf(found('2026-01-01', '4-09'))],
  ]).toEqual([
    [24, '09'],
    [168, '4-09'],
  ])
})

it('says how long its lines are, of a day that is not over as far as it is', () => {
  const period = days('2026-11-16', '2026-11-25')
  const lengths = lengthsIn('UTC', Date.parse('2026-11-25T09:30Z'))
  const hoursOf = (by: ReportBy, key: string) => bucketsOf(by, period).lengthOf(key, lengths) / 3_600_000
  expect([
    [hoursOf('hour', '2026-11-25T08:00'), hoursOf('hour', '2026-11-25T09:00'), hoursOf('hour', '2026-11-25T10:00')],
    [hoursOf('hour_of_day', '08'), hoursOf('hour_of_day', '09'), hoursOf('hour_of_day', '10')],
    [hoursOf('hour_of_week', '1-09'), hoursOf('hour_of_week', '3-09'), hoursOf('hour_of_week', '4-09')],
    [hoursOf('day', '2026-11-25'), hoursOf('month', '2026-11'), hoursOf('inbox', 'shop')],
  ]).toEqual([
    [1, 0.5, 0],
    [10, 9.5, 9],
    [2, 1.5, 1],
    [9.5, 225.5, 225.5],
  ])
})
