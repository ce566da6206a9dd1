import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPace } from './pace.ts'

it('takes what was saved up at once, and then waits for what is owed', () => {
  let time = 0
  const pace = createPace({ perSecond: 100, now: () => time })
  pace.take(200)
  const owed = [pace.owedMs()]
  pace.take(50)
  owed.push(pace.owedMs())
  time += 400
  owed.push(pace.owedMs())
  time += 100
  owed.push(pace.owedMs())
  expect(owed).toEqual([0, 500, 100, 0])
})

it('lets through no more than its rate of one who waits as long as they are told', () => {
  const takes = fc.array(fc.record({ units: fc.integer({ min: 1, max: 500 }), idle: fc.nat(3_000) }), { minLength: 1 })
  fc.assert(
    fc.property(takes, fc.integer({ min: 1, max: 1_000 }), (all, perSecond) => {
      let time = 0
      let taken = 0
      const pace = createPace({ perSecond, now: () => time })
      for (const { units, idle } of all) {
        time += idle
        expect(taken).toBeLessThanOrEqual(perSecond * (2 + time / 1_000) + 1e-6 * taken)
        pace.take(units)
        taken += units
        time += pace.owedMs()
      }
    }),
  )
})
