import { expect, it } from 'vitest'
import { aMetric } from '../../../../test/support/shown-metric.ts'
import { createFigureWords } from './figure-words.ts'

const english = createFigureWords('en')
const german = createFigureWords('de')
/** The spaces of a locale are of many kinds. */
const plain = (text: string) => text.replace(/\s/g, ' ')

it.each([
  [0, '0 s'],
  [420, '420 ms'],
  [4_240, '4.2 s'],
  [42_400, '42 s'],
  [65_000, '1 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [7_440_000, '2 h 04 min'],
  [86_399_999, '1 d 00 h'],
  [511_200_000, '5 d 22 h'],
])('%d ms is %s', (ms, text) => {
  expect(english.told('ms', ms)).toBe(text)
})

it('tells each unit in its way, with the digits of the locale', () => {
  const figures = [
    ['count', 12_345],
    ['number', 3.25],
    ['share', 0.1234],
    ['score', 4.5],
    ['count', null],
  ] as const
  expect([english, german].map(({ told }) => figures.map(([unit, value]) => plain(told(unit, value))))).toEqual([
    ['12,345', '3.3', '12.3%', '4.50', '–'],
    ['12.345', '3,3', '12,3 %', '4,50', '–'],
  ])
})

it('is short where there is little room', () => {
  const figures = [
    ['ms', 5_000],
    ['ms', 90_000],
    ['ms', 7_200_000],
    ['count', 12_345],
    ['share', 0.5],
    ['score', 4.25],
  ] as const
  expect(figures.map(([unit, value]) => english.inShort(unit, value))).toEqual([
    '5 s',
    '1.5 min',
    '2 h',
    '12.3K',
    '50%',
    '4.3',
  ])
})

it('says of how many a mean was made, and nothing where that says nothing', () => {
  const value = { value: 1, of: 1_234 }
  expect([
    english.sample(aMetric({ unit: 'ms' }), value),
    english.sample(aMetric({ unit: 'count' }), value),
    english.sample(aMetric({ unit: 'share', group: 'agents' }), value),
    english.sample(aMetric({ unit: 'number', id: 'queue_length' }), value),
    english.sample(aMetric({ unit: 'ms' }), { value: null, of: 0 }),
  ]).toEqual(['of 1,234', null, null, null, null])
})
