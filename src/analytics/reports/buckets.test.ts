import { expect, it } from 'vitest'
import { bucketsOf } from './buckets.ts'

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

it('says how much of the days an hour of the day or of the week is', () => {
  const period = days('2026-11-16', '2026-11-25')
  const [ofDay, ofWeek] = [bucketsOf('hour_of_day', period), bucketsOf('hour_of_week', period)]
  expect([
    ofDay.partOf('09'),
    ofWeek.partOf('1-09'),
    ofWeek.partOf('4-09'),
    bucketsOf('day', period).partOf(''),
  ]).toEqual([1 / 24, 0.2 / 24, 0.1 / 24, 1])
})
