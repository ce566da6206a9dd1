import { expect, it } from 'vitest'
import { nextLook } from './next-look.ts'

const looks = [
  { quietFor: 100, every: 10 },
  { quietFor: 1_000, every: 50 },
]

it.each([
  ['soon while something happens', 0, 10],
  ['soon until it has been quiet for a while', 99, 109],
  ['seldom after that', 100, 150],
  ['seldom until the end', 999, 1_049],
  ['never again when it has been quiet for very long', 1_000, Number.MAX_SAFE_INTEGER],
])('looks %s', (_when, now, at) => {
  expect(nextLook(looks, now, 0)).toBe(at)
})
