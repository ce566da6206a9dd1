/** Time that passes when the test says so. ms */
export function aVirtualTime() {
  let now = Date.parse('2026-05-04T09:00:00.000Z')
  let tasks: { at: number; number: number; task: () => void }[] = []
  let count = 0

  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    later(task: () => void, ms: number) {
      const one = { at: now + ms, number: (count += 1), task }
      tasks.push(one)
      return () => {
        tasks = tasks.filter((other) => other !== one)
      }
    },
    /** Each task once it is due, with all that follows from it at once. */
    async pass(ms: number) {
      const until = now + ms
      await settled()
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.number - b.number)
        if (!next) break
        now = Math.max(now, next.at)
        tasks = tasks.filter((one) => one !== next)
        next.task()
        await settled()
      }
      now = until
    },
  }
}

export type VirtualTime = ReturnType<typeof aVirtualTime>
