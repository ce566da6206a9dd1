import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Budget } from '../port.ts'
import { reserveSlot } from './slots.ts'

const budget = fc.record({
  key: fc.constant('post:C1'),
  limit: fc.integer({ min: 2, max: 40 }),
  windowMs: fc.integer({ min: 100, max: 60_000 }),
  burst: fc.integer({ min: 1, max: 40 }),
})

function slotsFor(one: Budget, arrivals: readonly number[]): number[] {
  const tats = new Map<string, number>()
  let now = 0
  return arrivals.map((wait) => {
    now += wait
    return reserveSlot(one, tats, now)
  })
}

const mostInAWindow = (slots: readonly number[], windowMs: number): number =>
  Math.max(...slots.map((start) => slots.filter((at) => at >= start && at < start + windowMs - 0.001).length))

it('never lets more calls into any window than the limit', () => {
  fc.assert(
    fc.property(
      budget,
      fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 120 }),
      (one, arrivals) => {
        expect(mostInAWindow(slotsFor(one, arrivals), one.windowMs)).toBeLessThanOrEqual(one.limit)
      },
    ),
  )
})

it('hands out slots in the order in which they were asked for', () => {
  fc.assert(
    fc.property(
      budget,
      fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 60 }),
      (one, arrivals) => {
        const slots = slotsFor(one, arrivals)
        expect(slots).toEqual([...slots].sort((a, b) => a - b))
      },
    ),
  )
})

it('lets a burst through at once and spreads what follows', () => {
  const updates = { key: 'update', limit: 30, windowMs: 600_000, burst: 5 }
  expect(slotsFor(updates, [0, 0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0, 24_000, 48_000])
})
