import { expect, it } from 'vitest'
import { isNothing } from './is-nothing.ts'

const none = { missed: { value: 0, of: 0 }, missed_share: { value: null, of: 0 } }
const noneOfMany = { missed: { value: 0, of: 0 }, missed_share: { value: 0, of: 100 } }
const some = { missed: { value: 3, of: 3 }, missed_share: { value: 0.03, of: 100 } }

it.each([
  ['nothing in these days', { total: none }, true],
  ['nothing in either days', { total: none, totalBefore: none }, true],
  ['none of a hundred', { total: noneOfMany }, false],
  ['something before alone', { total: none, totalBefore: some }, false],
  ['none of a hundred before', { total: none, totalBefore: noneOfMany }, false],
  ['no queue all the time', { total: { queue_length: { value: 0, of: 86_400_000 } } }, true],
  ['a queue', { total: { queue_length: { value: 0.1, of: 86_400_000 } } }, false],
])('with %s', (_, report, expected) => {
  expect(isNothing(report)).toBe(expected)
})
