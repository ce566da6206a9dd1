import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concurrencyOf } from './concurrency-of.ts'

const minute = 60_000
const stretch = (from: number, until: number) => ({ from: from * minute, until: until * minute })

it('counts the time with chats once, and the time of each chat', () => {
  const stretches = [stretch(30, 50), stretch(0, 20), stretch(10, 25), stretch(12, 14)]
  expect(concurrencyOf(stretches, 5 * minute, 40 * minute)).toEqual({
    chattingMs: 30 * minute,
    chatsMs: 42 * minute,
  })
})

it('is nothing without a chat in the period', () => {
  expect(concurrencyOf([stretch(0, 10), stretch(20, 30)], 10 * minute, 20 * minute)).toEqual({
    chattingMs: 0,
    chatsMs: 0,
  })
})

const minuteOfDay = fc.integer({ min: 0, max: 1_440 })
const stretches = fc.array(
  fc.tuple(minuteOfDay, minuteOfDay).map(([one, other]) => stretch(Math.min(one, other), Math.max(one, other))),
  { maxLength: 30 },
)

it('is what a look at each minute counts', () => {
  fc.assert(
    fc.property(stretches, minuteOfDay, minuteOfDay, (all, from, until) => {
      let [chattingMs, chatsMs] = [0, 0]
      for (let at = from * minute; at < until * minute; at += minute) {
        const chats = all.filter((one) => one.from <= at && at < one.until).length
        if (chats > 0) chattingMs += minute
        chatsMs += chats * minute
      }
      expect(concurrencyOf(all, from * minute, until * minute)).toEqual({ chattingMs, chatsMs })
    }),
  )
})
