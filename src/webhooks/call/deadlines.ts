import { Cut } from './unreachable.ts'

export interface Deadlines {
  /** Runs something whose signal comes after the deadline, with a `Cut` for its reason. */
  within<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Ends all that runs. */
  stop(): void
}

export function createDeadlines(ms: number): Deadlines {
  const running = new Set<AbortController>()
  return {
    within(run) {
      const ending = new AbortController()
      const timer = setTimeout(() => ending.abort(new Cut('timeout')), ms)
      running.add(ending)
      return run(ending.signal).finally(() => {
        clearTimeout(timer)
        running.delete(ending)
      })
    },
    stop() {
      for (const ending of running) ending.abort(new Cut('stopped'))
    },
  }
}
