import type { AnswerHeader } from './answer.ts'
import type { CallResult } from './call.ts'
import { readRetryAfter } from './retry-after.ts'

/** What follows from an attempt. Times in ms from now. `restMs`: for so long the receiver wants to be left alone, with all. */
export type Outcome =
  | { kind: 'delivered' }
  /** By us: it is made again, and counts neither as an attempt nor against the receiver. */
  | { kind: 'interrupted' }
  | { kind: 'retry'; inMs: number; restMs: number }
  /** It came too soon after others (429), which is no fault of its own: it is made again when the rest is over. */
  | { kind: 'throttled'; restMs: number }
  /** The endpoint is no more: it is disabled, and its receiver has to ask for it again. */
  | { kind: 'gone' }
  /** Nothing was called: there is nothing left that could be told. */
  | { kind: 'nothing' }
  /** That was the last attempt. */
  | { kind: 'exhausted'; restMs: number }

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** The wait before each attempt, as Standard Webhooks has it by example: some three days in all. */
const waits = [
  ...[0, 5 * second, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
]
/** Nobody is waited for longer than between the last attempts. */
const longestRetryAfter = 24 * hour
/** Who says no time is asked again so soon. */
const shortestRest = second

/** ms before this attempt, 1 being the first, and up to a fifth more so that many do not come at once. `null`: there is none. */
export function waitBefore(attempt: number, random: () => number, atLeast = 0): number | null {
  const wait = waits[attempt - 1]
  return wait === undefined ? null : Math.max(wait, atLeast) * (1 + random() / 5)
}

/** The one table from what became of an attempt to what follows. `attempt`: how many there were, with this one. */
export function outcomeOf(
  result: CallResult,
  { attempt, now, random }: { attempt: number; now: number; random: () => number },
): Outcome {
  if (result.kind === 'unreachable' && result.why === 'stopped') return { kind: 'interrupted' }
  if (result.kind === 'unreachable') return again(attempt, random, 0)
  const { status, headers } = result
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }
  const asked = askedWait(headers, now)
  if (status === 429) return { kind: 'throttled', restMs: Math.max(asked, shortestRest) }
  return again(attempt, random, asked)
}

function askedWait(headers: readonly AnswerHeader[], now: number): number {
  const asked = headers.find(({ name }) => name === 'retry-after')
  return Math.min(longestRetryAfter, (asked && readRetryAfter(asked.value, now)) ?? 0)
}

function again(attempt: number, random: () => number, restMs: number): Outcome {
  const inMs = waitBefore(attempt + 1, random, restMs)
  return inMs === null ? { kind: 'exhausted', restMs } : { kind: 'retry', inMs, restMs }
}
