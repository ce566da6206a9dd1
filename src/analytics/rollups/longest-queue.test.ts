import fc from 'fast-check'
import { expect, it } from 'vitest'
import { longestQueue } from './longest-queue.ts'

const span = (from: number, until: number) => ({ from, until })

it('counts those who waited at once, and not whom one of them made room for', () => {
  expect([
    longestQueue([span(0, 10), span(5, 20), span(10, 30), span(40, 50)], span(0, 60)),
    longestQueue([span(0, 10), span(10, 20)], span(0, 60)),
    longestQueue([span(0, 10)], span(10, 20)),
  ]).toEqual([2, 1, 0])
})

it('is what a look at each minute counts', () => {
  const minute = fc.nat(120)
  const spans = fc.tuple(minute, minute).map(([one, other]) => span(Math.min(one, other), Math.max(one, other)))
  fc.assert(
    fc.property(fc.array(spans, { maxLength: 30 }), spans, (waits, asked) => {
      let most = 0
      for (let at = asked.from; at < asked.until; at += 1)
        most = Math.max(most, waits.filter(({ from, until }) => from <= at && at < until).length)
      expect(longestQueue(waits, asked)).toBe(most)
    }),
  )
})
