import { expect, it } from 'vitest'
import { ViewPeriod } from './analytics.ts'
import { daysOf } from './view-days.ts'

const shown = (whole: boolean) =>
  ViewPeriod.options.map((period) => {
    const { from, until } = daysOf(period, '2028-03-01', { whole })
    return `${period}: ${from} to ${until}`
  })

it('ends with today', () => {
  expect(shown(false)).toEqual([
    'today: 2028-03-01 to 2028-03-01',
    'yesterday: 2028-02-29 to 2028-02-29',
    '7_days: 2028-02-24 to 2028-03-01',
    '30_days: 2028-02-01 to 2028-03-01',
    '90_days: 2027-12-03 to 2028-03-01',
    'this_month: 2028-03-01 to 2028-03-01',
    'last_month: 2028-02-01 to 2028-02-29',
    'year: 2027-03-03 to 2028-03-01',
  ])
})

it('ends with yesterday where whole days are told, unless it is of what there is of today', () => {
  expect(shown(true)).toEqual([
    'today: 2028-03-01 to 2028-03-01',
    'yesterday: 2028-02-29 to 2028-02-29',
    '7_days: 2028-02-23 to 2028-02-29',
    '30_days: 2028-01-31 to 2028-02-29',
    '90_days: 2027-12-02 to 2028-02-29',
    'this_month: 2028-03-01 to 2028-03-01',
    'last_month: 2028-02-01 to 2028-02-29',
    'year: 2027-03-02 to 2028-02-29',
  ])
})

it('knows the month before January', () => {
  expect(daysOf('last_month', '2027-01-15')).toEqual({ from: '2026-12-01', until: '2026-12-31' })
})
