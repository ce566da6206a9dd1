import fc from 'fast-check'
import { expect, it } from 'vitest'
import { daysOfMonth } from '../../contract/view-days.ts'
import type { Stretch } from '../rollups/stored.ts'
import { coverOf } from './cover.ts'
import { eachDay, eachMonth } from './days.ts'

const daysIn = ({ grain, from, until }: Stretch): string[] =>
  grain === 'month'
    ? [...eachMonth({ from: `${from}-01`, until: `${until}-01` })].flatMap((month) => [...eachDay(daysOfMonth(month))])
    : [...eachDay({ from, until })]

const someDay = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-03-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

it('is exactly the days that are asked for, each of them once', () => {
  fc.assert(
    fc.property(someDay, someDay, (one, other) => {
      const [from = one, until = other] = [one, other].sort()
      expect(coverOf({ from, until }).flatMap(daysIn)).toEqual([...eachDay({ from, until })])
    }),
    { numRuns: 50 },
  )
})

it('is of whole months where there are any', () => {
  expect([
    coverOf({ from: '2026-01-30', until: '2026-04-02' }),
    coverOf({ from: '2026-02-01', until: '2026-02-28' }),
    coverOf({ from: '2026-02-02', until: '2026-03-30' }),
  ]).toEqual([
    [
      { grain: 'day', from: '2026-01-30', until: '2026-01-31' },
      { grain: 'month', from: '2026-02', until: '2026-03' },
      { grain: 'day', from: '2026-04-01', until: '2026-04-02' },
    ],
    [{ grain: 'month', from: '2026-02', until: '2026-02' }],
    [{ grain: 'day', from: '2026-02-02', until: '2026-03-30' }],
  ])
})
