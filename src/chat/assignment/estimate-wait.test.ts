import { expect, it } from 'vitest'
import { estimateWait } from './estimate-wait.ts'

const at = (...seconds: number[]) => seconds.map((second) => new Date(second * 1_000))

it.each([
  ['by the median of the times between them', 1, at(100, 70, 60, 50), 10_000],
  ['between the middle two of an even number', 1, at(60, 30, 10), 25_000],
  ['once for each place before', 3, at(40, 30, 20, 10), 30_000],
  ['not by two, which say nothing', 1, at(20, 10), null],
  ['not by none', 1, [], null],
])('estimates a wait from when the last chats were served: %s', (_, position, served, expected) => {
  expect(estimateWait(position, served)).toBe(expected)
})
