import { expect, it } from 'vitest'
import { dayOf, daysOfLine, isDay, stretchOf } from './period.ts'

it('takes the day from the clock of whoever looks', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

it('draws hours for two days, days for three months, and months for more', () => {
  const until = '2026-11-30'
  const stretches = ['2026-11-29', '2026-11-28', '2026-08-31', '2026-08-30'].map((from) => stretchOf({ from, until }))
  expect(stretches).toEqual(['hour', 'day', 'day', 'month'])
})

it('knows the days of a line, and leaves out what is not in the period', () => {
  const period = { from: '2026-02-10', until: '2026-04-02' }
  expect([
    daysOfLine('hour', '2026-02-11T09:00+01:00', period),
    daysOfLine('day', '2026-02-11', period),
    daysOfLine('month', '2026-02', period),
    daysOfLine('month', '2026-03', period),
    daysOfLine('month', '2026-04', period),
  ]).toEqual([
    { from: '2026-02-11', until: '2026-02-11' },
    { from: '2026-02-11', until: '2026-02-11' },
    { from: '2026-02-10', until: '2026-02-28' },
    { from: '2026-03-01', until: '2026-03-31' },
    { from: '2026-04-01', until: '2026-04-02' },
  ])
})

it('takes no other text for a day', () => {
  expect(['2026-11-30', '2026-13-30', '30.11.2026', ''].map(isDay)).toEqual([true, false, false, false])
})
