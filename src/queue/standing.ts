import type { Queue } from 'bullmq'
import type { ShownQueue } from '../contract/queue.ts'

/** Minutes that are counted. */
const lately = 15

/** What Redis says of a queue. */
export async function standingOf(queue: Queue, now: number): Promise<ShownQueue> {
  try {
    const [counts, completed, failed, [oldest]] = await Promise.all([
      queue.getJobCounts('waiting', 'active', 'delayed'),
      countOf(queue, 'completed', now),
      countOf(queue, 'failed', now),
      queue.getJobs(['waiting'], 0, 0, true),
    ])
    const { waiting = 0, active = 0, delayed = 0 } = counts
    const oldestWaitingMs = oldest ? Math.max(0, now - oldest.timestamp) : null
    return { name: queue.name, state: 'working', waiting, active, delayed, completed, failed, oldestWaitingMs }
  } catch {
    return { name: queue.name, state: 'away', next: 'Check REDIS_URL, and that Redis runs. Nothing is lost meanwhile.' }
  }
}

async function countOf(queue: Queue, what: 'completed' | 'failed', now: number): Promise<number> {
  return latelyOf(await queue.getMetrics(what), now)
}

/** `data`: jobs that ended in each minute before `prevTS`, the newest first. What ended since is in `count` alone. */
export interface Metrics {
  meta: { count: number; prevTS: number; prevCount: number }
  data: readonly number[]
}

/** Nothing is written while no job ends, so that the newest minute may be long over. */
export function latelyOf({ meta, data }: Metrics, now: number): number {
  const over = Math.floor((now - meta.prevTS) / 60_000)
  if (over >= lately) return 0
  const since = Math.max(0, meta.count - meta.prevCount)
  return data.slice(0, lately - over).reduce((sum, each) => sum + Number(each), since)
}
