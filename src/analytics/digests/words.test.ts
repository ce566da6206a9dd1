import { expect, it } from 'vitest'
import { changeWords, valueWords } from './words.ts'

it.each([
  ['count', 12_345, '12,345'],
  ['number', 3.1234, '3.1'],
  ['score', 4.256, '4.26'],
  ['share', 0.4521, '45.2 %'],
  ['ms', 0, '0 s'],
  ['ms', 1_250, '1.3 s'],
  ['ms', 59_400, '59 s'],
  ['ms', 59_600, '1 min 0 s'],
  ['ms', 125_000, '2 min 5 s'],
  ['ms', 3_599_600, '1 h 0 min'],
  ['ms', 7_260_000, '2 h 1 min'],
  ['ms', 3_600_000 * 1_234, '1,234 h 0 min'],
  ['ms', null, '–'],
] as const)('tells a value of %s, %s, as %s', (unit, value, words) => {
  expect(valueWords(unit, value)).toBe(words)
})

it.each([
  ['count', 120, 100, '+20 %'],
  ['ms', 50, 100, '−50 %'],
  ['count', 1_000, 1_001, '±0 %'],
  ['share', 0.045, 0.03, '+1.5 points'],
  ['share', 0.03, 0.03, '±0 points'],
  ['count', 5, 0, '–'],
  ['count', 0, 0, '±0 %'],
  ['count', null, 5, '–'],
  ['count', 5, null, '–'],
] as const)('tells the change of a %s to %s from %s as %s', (unit, now, before, words) => {
  expect(changeWords(unit, { now, before })).toBe(words)
})
