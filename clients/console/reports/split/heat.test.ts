import { expect, it } from 'vitest'
import { heatOf } from './heat.ts'

const aRow = (key: string, value: number | null) => ({ key, label: key, values: { n: { value, of: 1 } } })

it('has a week of hours, the busiest the hottest', () => {
  const rows = [aRow('1-09', 10), aRow('1-10', 1), aRow('7-23', 6), aRow('2-00', 0), aRow('2-01', null)]
  const [nine, ten, last, midnight, one] = rows
  const week = heatOf(rows, 'n')
  expect([week.map((day) => day.length), week[0]?.slice(9, 11), week[6]?.[23], week[1]?.slice(0, 3)]).toEqual([
    [24, 24, 24, 24, 24, 24, 24],
    [
      { hour: 9, row: nine, value: 10, level: 5 },
      { hour: 10, row: ten, value: 1, level: 1 },
    ],
    { hour: 23, row: last, value: 6, level: 3 },
    [
      { hour: 0, row: midnight, value: 0, level: 0 },
      { hour: 1, row: one, value: null, level: 0 },
      { hour: 2, row: undefined, value: null, level: 0 },
    ],
  ])
})
