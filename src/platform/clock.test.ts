import { expect, it } from 'vitest'
import { isFresh } from './clock.ts'

it.each([
  ['a moment ago', 999, true],
  ['as long ago as it lasts', 1_000, false],
  ['a moment ahead, by another clock', -999, true],
  ['an hour ahead, by a clock that was put back', -3_600_000, false],
])('takes what is of %s for fresh, or not', (_when, ago, fresh) => {
  expect(isFresh(5_000_000 - ago, 5_000_000, 1_000)).toBe(fresh)
})
