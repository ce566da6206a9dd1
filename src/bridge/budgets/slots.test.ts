import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Budget, Lane } from '../port/call.ts'
import { type Answer, type Ask, paceOf, reserveSlot } from './slots.ts'

const budget = fc.record({
  key: fc.constant('post:C1'),
  limit: fc.integer({ min: 2, max: 40 }),
  windowMs: fc.integer({ min: 100, max: 60_000 }),
  burst: fc.integer({ min: 1, max: 40 }),
})
const shares = ['a', 'b', 'c', 'd']
const lane = fc.constantFrom<Lane>('urgent', 'normal')
const asks = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 2_000 }),
    share: fc.constantFrom(...shares),
    lane: fc.constantFrom<Ask['lane']>('urgent', 'normal', 'spare'),
    again: fc.boolean(),
  }),
  { minLength: 1, maxLength: 150 },
)

interface At extends Ask {
  wait: number
}

function answersTo(one: Budget, all: readonly At[]) {
  const times = new Map<string, number>()
  let now = 0
  const answers = all.map(({ wait, ...ask }) => {
    now += wait
    return { asked: now, ...reserveSlot(times, one, ask, now) }
  })
  return { times, now, answers }
}

const granted = (answers: readonly Answer[]) => answers.filter((answer) => answer.granted).map(({ at }) => at)

const mostInAWindow = (slots: readonly number[], windowMs: number): number =>
  Math.max(0, ...slots.map((start) => slots.filter((at) => at >= start && at < start + windowMs - 0.001).length))

it('never lets more calls into any window than the limit', () => {
  fc.assert(
    fc.property(budget, asks, (one, all) => {
      expect(mostInAWindow(granted(answersTo(one, all).answers), one.windowMs)).toBeLessThanOrEqual(one.limit)
    }),
  )
})

it('gives out slots in the order in which they were asked for, and puts nobody off into the past', () => {
  fc.assert(
    fc.property(budget, asks, (one, all) => {
      const { answers } = answersTo(one, all)
      const slots = granted(answers)
      expect(slots).toEqual([...slots].sort((a, b) => a - b))
      expect(answers.filter(({ at, asked, granted: is }) => at < asked || (!is && at === asked))).toEqual([])
    }),
  )
})

it('gives a share that asked for nothing lately a slot soon, whatever the others do', () => {
  fc.assert(
    fc.property(budget, asks, fc.integer({ min: 0, max: 1_000 }), lane, (one, all, flood, calm) => {
      const { intervalMs } = paceOf(one)
      const busy = Array.from({ length: flood }, () => ({ wait: 0, share: 'a', lane: 'normal' as const, again: false }))
      const { times, now } = answersTo(one, [...all, ...busy])
      const answer = reserveSlot(times, one, { share: 'fresh', lane: calm, again: false }, now)
      expect([answer.granted, answer.at - now <= (8 + 2 * shares.length + 2) * intervalMs]).toEqual([true, true])
    }),
  )
})

it('lets an urgent call pass a flood of others of its own share', () => {
  fc.assert(
    fc.property(budget, fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 50 }), (one, flood, wait) => {
      const { intervalMs } = paceOf(one)
      const busy = Array.from({ length: flood }, () => ({ wait, share: 'a', lane: 'normal' as const, again: false }))
      const { times, now } = answersTo(one, busy)
      const answer = reserveSlot(times, one, { share: 'a', lane: 'urgent', again: false }, now)
      expect([answer.granted, answer.at - now <= 4 * intervalMs]).toEqual([true, true])
    }),
  )
})

/** Everybody asks again when told to. When each of them may make its call, by share. */
function served(
  one: Budget,
  callers: readonly (Ask & { from: number })[],
): { share: string; lane: Ask['lane']; at: number }[] {
  const times = new Map<string, number>()
  const waiting = callers.map((caller) => ({ ...caller, at: caller.from }))
  const done: { share: string; lane: Ask['lane']; at: number }[] = []
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.at - b.at)
    const [next] = waiting.splice(0, 1)
    if (!next) break
    const { at, granted: is } = reserveSlot(times, one, next, next.at)
    if (is) done.push({ share: next.share, lane: next.lane, at })
    else waiting.push({ ...next, at, again: true })
  }
  return done
}

const posts = { key: 'posts', limit: 60, windowMs: 60_000, burst: 3 }
const { intervalMs } = paceOf(posts)
const callers = (count: number, share: string, of: Ask['lane'], from = 0) =>
  Array.from({ length: count }, () => ({ share, lane: of, again: false, from }))
const lastOf = (calls: readonly { at: number }[]) => Math.max(...calls.map(({ at }) => at)) / intervalMs

it('lets one share have all there is while nobody else wants any of it', () => {
  expect(lastOf(served(posts, callers(200, 'a', 'normal')))).toBeLessThan(205)
})

it('shares what there is between two floods, and lets what one leaves go to the other', () => {
  const calls = served(posts, [...callers(200, 'a', 'normal'), ...callers(50, 'b', 'normal')])
  const b = calls.filter(({ share }) => share === 'b')
  expect([lastOf(b) < 200, lastOf(calls) < 290]).toEqual([true, true])
})

it('brings the answers of another inbox through a flood as they come', () => {
  const answers = [10, 20, 30, 40].flatMap((n) => callers(1, 'b', 'urgent', n * intervalMs))
  const calls = served(posts, [...callers(1_000, 'a', 'normal'), ...callers(200, 'a', 'urgent'), ...answers])
  const waits = calls.filter(({ share }) => share === 'b').map(({ at }, n) => at / intervalMs - 10 * (n + 1))
  expect(waits.filter((wait) => wait > 13)).toEqual([])
})

it('gives what is to spare within 5 seconds or not at all', () => {
  fc.assert(
    fc.property(budget, asks, (one, all) => {
      const { times, now } = answersTo(one, all)
      const { intervalMs: each, burst } = paceOf(one)
      const next = Math.max(now, (times.get('tat') ?? 0) - (burst - 1) * each)
      const answer = reserveSlot(times, one, { share: 'a', lane: 'spare', again: false }, now)
      expect(answer.granted).toBe(next <= now + Math.min(4 * each, 5_000))
    }),
  )
})

it('gives what is to spare through a flood of calls that are not urgent', () => {
  const checks = Array.from({ length: 20 }, (_, n) => callers(1, 'a', 'spare', n * 5 * intervalMs)).flat()
  const calls = served(posts, [...callers(1_000, 'a', 'normal'), ...checks])
  const waits = calls.filter(({ lane: of }) => of === 'spare').map(({ at }, n) => at / intervalMs - 5 * n)
  expect(waits.filter((wait) => wait > 4)).toEqual([])
})
