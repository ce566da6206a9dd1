import { expect, it } from 'vitest'
import { latelyOf } from './standing.ts'

const minute = 60_000

it.each([
  ['of the minute that is not over', 30_000, 7],
  ['of the minutes before', 0, 7],
  ['no more of those that are a quarter of an hour old', 13 * minute, 5],
  ['nothing when none has ended for so long', 15 * minute, 0],
])('counts %s', (_, passed, expected) => {
  const metrics = { meta: { count: 10, prevTS: 1_000_000, prevCount: 6 }, data: [1, 0, 2] }
  expect(latelyOf(metrics, 1_000_000 + passed)).toBe(expected)
})
