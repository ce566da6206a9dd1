import fc from 'fast-check'
import { expect, it } from 'vitest'
import { departures } from './send-away.ts'

it('spreads many evenly over the time there is', () => {
  expect(departures(1_000, 3_000).filter((_, index) => index % 250 === 0)).toEqual([0, 750, 1_500, 2_250])
})

it('takes no longer for a few than they need', () => {
  expect([departures(0, 3_000), departures(3, 3_000)]).toEqual([[], [0, 10, 20]])
})

it('lets everybody go within the time, the same apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5_000 }), fc.integer({ min: 1, max: 60_000 }), (count, mostMs) => {
      const times = departures(count, mostMs)
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
      expect(times.length === count && (times.at(-1) ?? 0) < mostMs).toBe(true)
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1e-6 * mostMs)
    }),
  )
})
