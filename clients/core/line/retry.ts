const firstMs = 500
const mostMs = 15_000

/** Tries again later and later, until something worked. */
export interface Retry {
  /** `afterMs`: what the server asked for. A task that waits already is not put down twice. */
  again(task: () => unknown, afterMs?: number): void
  worked(): void
  stop(): void
}

export function createRetry(deps: {
  later(task: () => void, ms: number): void
  /** From 0 to 1. */
  random(): number
}): Retry {
  const waiting = new Set<() => unknown>()
  let failures = 0
  let stopped = false
  return {
    again(task, afterMs = 0) {
      if (stopped || waiting.has(task)) return
      failures += 1
      const backoff = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 10))
      waiting.add(task)
      const run = () => {
        waiting.delete(task)
        if (!stopped) void task()
      }
      // Later than it must be by up to half: others were told the same at the same moment.
      deps.later(run, (afterMs || backoff) * (1 + deps.random() / 2))
    },
    worked() {
      failures = 0
    },
    stop() {
      stopped = true
    },
  }
}
