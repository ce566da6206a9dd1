import { Cut } from './unreachable.ts'

export interface Deadlines {
  /** Runs something whose signal comes after the deadline, with a `Cut` for its reason. */
  within<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Ends all that runs, and what is begun later. */
  stop(): void
}

export function createDeadlines(ms: number): Deadlines {
  const running = new Set<AbortController>()
  let isStopped = false
  return {
    within(run) {
      const ending = new AbortController()
      const timer = setTimeout(() => ending.abort(new Cut('timeout')), ms)
      running.add(ending)
      if (isStopped) ending.abort(new Cut('stopped'))
      return run(ending.signal).finally(() => {
        clearTimeout(timer)
        running.delete(ending)
      })
    },
    stop() {
      isStopped = true
      for (const ending of running) ending.abort(new Cut('stopped'))
    },
  }
}
