import type { LogEvent } from '../contract/event.ts'
import type { InsertOutcome } from './insert-outcomes.ts'

/** Documents of one batch; more gain nothing, and a batch must stay under the wire's 48 MB. */
const most = 64
const mostBytes = 16 * 1024 * 1024

export interface GroupCommit {
  /** Resolves when the batch that took the event is back. Throws what cannot be encoded. */
  commit(event: LogEvent): Promise<Exclude<InsertOutcome, { kind: 'unknown' }>>
}

interface Waiting {
  event: LogEvent
  bytes: number
  deadline: number
  resolve(outcome: Exclude<InsertOutcome, { kind: 'unknown' }>): void
  reject(error: unknown): void
}

/**
 * Whatever waits becomes one insert; the next leaves as soon as the last is back. `insert` makes one unordered insert and
 * answers an outcome for each document, or throws when the reply was lost: then the same documents go in again, until
 * each one's deadline.
 */
export function createGroupCommit(deps: {
  insert(events: readonly LogEvent[]): Promise<InsertOutcome[]>
  /** Bytes of the encoded event. Throws for what cannot be encoded, so that it fails alone. */
  encodedSize(event: LogEvent): number
  now(): number
  /** Waits before documents of unknown outcome go in again. */
  pause(): Promise<void>
  deadlineMs: number
  timedOut(cause: unknown): Error
}): GroupCommit {
  let waiting: Waiting[] = []
  let underWay = false

  const insertBatch = async (batch: readonly Waiting[]): Promise<InsertOutcome[]> => {
    try {
      return await deps.insert(batch.map((one) => one.event))
    } catch (cause) {
      return batch.map(() => ({ kind: 'unknown', cause }))
    }
  }

  const settle = (batch: readonly Waiting[], outcomes: readonly InsertOutcome[]): Waiting[] =>
    batch.filter((one, index) => {
      const outcome = outcomes[index] ?? { kind: 'unknown', cause: 'no outcome' }
      if (outcome.kind !== 'unknown') {
        one.resolve(outcome)
        return false
      }
      if (deps.now() < one.deadline) return true
      one.reject(deps.timedOut(outcome.cause))
      return false
    })

  const run = async () => {
    while (waiting.length > 0) {
      const { batch, rest } = takeBatch(waiting)
      waiting = rest
      const unknown = settle(batch, await insertBatch(batch))
      if (unknown.length > 0) await deps.pause()
      waiting = [...unknown, ...waiting]
    }
    underWay = false
  }

  return {
    commit(event) {
      const bytes = deps.encodedSize(event)
      return new Promise((resolve, reject) => {
        waiting.push({ event, bytes, deadline: deps.now() + deps.deadlineMs, resolve, reject })
        if (underWay) return
        underWay = true
        queueMicrotask(run)
      })
    },
  }
}

/** The oldest, at most one of a session: with two, a duplicate on the first would leave a hole behind the second. */
export function takeBatch<T extends { event: Pick<LogEvent, 'session'>; bytes: number }>(
  waiting: readonly T[],
): { batch: T[]; rest: T[] } {
  const sessions = new Set<string>()
  const batch: T[] = []
  const rest: T[] = []
  let bytes = 0
  for (const one of waiting) {
    const fits = batch.length < most && (bytes + one.bytes <= mostBytes || batch.length === 0)
    if (!fits || sessions.has(one.event.session)) {
      rest.push(one)
      continue
    }
    sessions.add(one.event.session)
    bytes += one.bytes
    batch.push(one)
  }
  return { batch, rest }
}
