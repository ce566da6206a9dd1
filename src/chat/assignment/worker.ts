/** Work that nobody waits for, so that it can be waited for at the end. */
export interface Worker {
  /** Looks at the queue, once more if it is being looked at: no two passes of one process at a time. */
  serve(): void
  run(task: () => Promise<void>): void
  /** Waits for what is under way; begins nothing more. */
  stop(): Promise<void>
}

/** `serve` answers whether it is to run again. */
export function createWorker(deps: { serve(): Promise<boolean>; onError(error: unknown): void }): Worker {
  const underWay = new Set<Promise<void>>()
  let stopped = false
  let serving = false
  let again = false

  const run = (task: () => Promise<void>) => {
    if (stopped) return
    const work = task()
      .catch(deps.onError)
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }

  const serveAll = async () => {
    serving = true
    try {
      do {
        again = false
        if (await deps.serve()) again = true
      } while (again && !stopped)
    } finally {
      serving = false
    }
  }

  return {
    run,
    serve() {
      again = true
      if (!serving) run(serveAll)
    },
    async stop() {
      stopped = true
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
