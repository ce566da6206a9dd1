import { expect, it } from 'vitest'
import type { Entry } from '../../../core/outbox/entries.ts'
import { cutFrom, startBefore, startOf } from './cut.ts'

const chatOf = (count: number): Entry[] =>
  Array.from({ length: count }, (_, at) => ({
    kind: 'pending',
    pending: { clientMessageId: `k${at}`, content: 'hello', writtenAt: '2026-05-04T09:00:00.000Z', failed: null },
    state: 'sending',
  }))

/** What is shown of a chat that grows by one message at a time while one is at its end. */
function shownAtEnd(count: number) {
  let from: string | undefined
  const most = Math.max(
    ...Array.from({ length: count }, (_, at) => {
      const entries = chatOf(at + 1)
      from = cutFrom(entries, startOf(entries, from)) ?? from
      return entries.length - startOf(entries, from)
    }),
  )
  return { from, most }
}

it('shows no more of a long chat than of a short one while one is at its end', () => {
  expect({ short: shownAtEnd(120), long: shownAtEnd(500) }).toEqual({
    short: { from: undefined, most: 120 },
    long: { from: 'k427', most: 120 },
  })
})

it('goes back to the very first, piece by piece', () => {
  const entries = chatOf(150)
  const starts = [90]
  for (let start = 90; start > 0; starts.push(start)) start = startOf(entries, startBefore(entries, start))
  expect(starts).toEqual([90, 30, 0])
})

it('shows all where the first is not there any more', () => {
  const entries = chatOf(3)
  expect([startOf(entries, 'k2'), startOf(entries, 'k9')]).toEqual([2, 0])
})
