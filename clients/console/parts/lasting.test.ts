import { expect, it } from 'vitest'
import { lasting } from './lasting.ts'

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [40_000, '40 s'],
  [200_000, '3 min'],
  [7_200_000, '2 h'],
  [172_800_000, '2 d'],
])('says %i ms as %s', (ms, said) => {
  expect(lasting(ms)).toBe(said)
})
