const firstMs = 500
const mostMs = 15_000

/** Tries again later and later, until something worked. */
export interface Retry {
  /** `afterMs`: what the server asked for. */
  again(task: () => unknown, afterMs?: number): void
  worked(): void
  stop(): void
}

export function createRetry(deps: {
  later(task: () => void, ms: number): void
  /** From 0 to 1. */
  random(): number
}): Retry {
  let failures = 0
  let stopped = false
  return {
    again(task, afterMs = 0) {
      failures += 1
      const backoff = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 10))
      // Later than it must be by up to half: others were told the same at the same moment.
      if (!stopped) deps.later(() => void task(), (afterMs || backoff) * (1 + deps.random() / 2))
    },
    worked() {
      failures = 0
    },
    stop() {
      stopped = true
    },
  }
}
