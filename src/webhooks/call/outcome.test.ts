import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CallResult } from './call.ts'
import { outcomeOf, waitBefore } from './outcome.ts'
import type { Unreachable } from './unreachable.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
const hour = 3_600_000
const never = () => 0

const answered = (status: number, headers: Record<string, string> = {}): CallResult => ({
  kind: 'answered',
  status,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: '',
  truncated: false,
  ms: 1,
})
const failed = (why: Unreachable): CallResult => ({ kind: 'unreachable', why, ms: 1 })
const retry = (inMs: number, restMs = 0) => ({ kind: 'retry', inMs, restMs })
const throttled = (restMs: number) => ({ kind: 'throttled', restMs })
const after = (text: string) => ({ 'retry-after': text })

it.each([
  ['200', answered(200), { kind: 'delivered' }],
  ['204', answered(204), { kind: 'delivered' }],
  ['299', answered(299), { kind: 'delivered' }],
  ['200 with a wait', answered(200, after('60')), { kind: 'delivered' }],
  ['301', answered(301), retry(5_000)],
  ['304', answered(304), retry(5_000)],
  ['400', answered(400), retry(5_000)],
  ['404', answered(404), retry(5_000)],
  ['410', answered(410), { kind: 'gone' }],
  ['429', answered(429), throttled(1_000)],
  ['500', answered(500), retry(5_000)],
  ['502', answered(502), retry(5_000)],
  ['504', answered(504), retry(5_000)],
  ['503 with a wait', answered(503, after('60')), retry(60_000, 60_000)],
  ['500 with a wait', answered(500, after('60')), retry(60_000, 60_000)],
  ['a wait that is shorter than ours', answered(503, after('1')), retry(5_000, 1_000)],
  ['a wait until a time', answered(429, after('Sun, 29 Nov 2026 12:01:00 GMT')), throttled(60_000)],
  ['a wait until a time that is over', answered(429, after('Sun, 29 Nov 2026 11:00:00 GMT')), throttled(1_000)],
  ['a wait without end', answered(429, after('9'.repeat(300))), throttled(24 * hour)],
  ['a wait of years', answered(429, after('Sun, 29 Nov 2099 12:00:00 GMT')), throttled(24 * hour)],
  ['a wait that is none', answered(429, after('soon')), throttled(1_000)],
  ['a wait before now', answered(429, after('-5')), throttled(1_000)],
  ['a wait in parts', answered(429, after('1.5')), throttled(1_000)],
  ['a date that is none', answered(429, after('Sun, 99 Nov 2026 12:00:00 GMT')), throttled(1_000)],
  ['no answer', failed('refused'), retry(5_000)],
  ['a stop of our own', failed('stopped'), { kind: 'interrupted' }],
])('knows what follows from %s', (_what, result, outcome) => {
  expect(outcomeOf(result, { attempt: 1, now, random: never })).toEqual(outcome)
})

it('waits longer from attempt to attempt, for some three days', () => {
  const waits = Array.from({ length: 11 }, (_, index) => waitBefore(index + 1, never))
  const minutes = [0, 5, 30].map((n) => n * 60_000)
  const hours = [2, 5, 10, 14, 20, 24].map((n) => n * hour)
  expect(waits).toEqual([0, 5_000, ...minutes.slice(1), ...hours, null])
})

it('gives up after the last attempt, whatever the receiver asks for', () => {
  const last = { attempt: 10, now, random: never }
  expect([outcomeOf(failed('refused'), last), outcomeOf(answered(503, after('60')), last)]).toEqual([
    { kind: 'exhausted', restMs: 0 },
    { kind: 'exhausted', restMs: 60_000 },
  ])
})

const aChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

it('is never early and at most a fifth late', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), aChance, (attempt, chance) => {
      const [least, wait] = [waitBefore(attempt, never) ?? 0, waitBefore(attempt, () => chance) ?? -1]
      expect(wait).toBeGreaterThanOrEqual(least)
      expect(wait).toBeLessThanOrEqual(least * 1.2)
    }),
  )
})

it('waits as long as it is asked to, a day at most, and makes sense of any text', () => {
  const inMs = (text: string, attempt: number, chance: number) => {
    const outcome = outcomeOf(answered(503, after(text)), { attempt, now, random: () => chance })
    return outcome.kind === 'retry' ? outcome.inMs : -1
  }
  const anAttempt = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(fc.nat(200_000), anAttempt, aChance, (seconds, attempt, chance) => {
      const wait = inMs(String(seconds), attempt, chance)
      expect(wait).toBeGreaterThanOrEqual(Math.min(seconds * 1_000, 24 * hour))
      expect(wait).toBeLessThanOrEqual(24 * hour * 1.2)
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 :A-Z]*GMT$/)), anAttempt, (text, attempt) => {
      expect(inMs(text, attempt, 0)).toBeGreaterThanOrEqual(waitBefore(attempt + 1, never) ?? 0)
    }),
  )
})
