import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ShownQueue } from '../contract/queue.ts'
import { standingOf } from './standing.ts'

/** What a job asks for. Ids only: Redis may be emptied at any moment. */
export interface QueueOptions<Work extends { kind: string }> {
  name: string
  /** The same for the same work. */
  idOf(work: Work): string
  /** Fails fast. */
  producer: Redis
  prefix: string
  times: QueueTimes
  now: () => number
  onError: (error: unknown) => void
}

export interface QueueTimes {
  /** After so long without a sign of life a job counts as stalled and runs again. ms */
  jobLock: number
  stalledCheck: number
  /** How long one insistent ring covers the next. ms */
  insistEvery: number
}

export interface Workers {
  /** Lets running drains end for at most `limitMs`. */
  close(limitMs: number): Promise<void>
}

/** A job that ends is gone: what it was about is in the database. */
const leaveNothing = { removeOnComplete: true, removeOnFail: true }

/** How many jobs ended in each of the last minutes, for whoever asks. */
const keptMinutes = 60

export function createQueue<Work extends { kind: string }>(deps: QueueOptions<Work>) {
  const { name, producer, prefix, times, now, onError } = deps
  /** As a part of a deduplication id, which may not hold a colon. */
  const idOf = (work: Work, suffix = '') => `${deps.idOf(work).replaceAll(':', '-')}${suffix}`
  const queue = new Queue<Work, unknown, string, Work, unknown, string>(name, {
    connection: producer,
    prefix,
    defaultJobOptions: leaveNothing,
  })
  queue.on('error', onError)

  const add = async (
    work: readonly Work[],
    deduplication: (work: Work) => { id: string; ttl?: number; keepLastIfActive?: boolean },
  ) => {
    if (work.length === 0) return
    const jobs = work.map((data) => ({ name: data.kind, data, opts: { deduplication: deduplication(data) } }))
    await queue.addBulk(jobs).catch(onError)
  }

  return {
    doorbell: {
      /** A ring while a drain runs lets it run once more. */
      ring: (work: readonly Work[]) => add(work, (one) => ({ id: idOf(one), keepLastIfActive: true })),
      /** Under an id of its own: a worker that was killed keeps the usual one busy until its job counts as stalled. */
      insist: (work: readonly Work[]) => add(work, (one) => ({ id: idOf(one, '-insist'), ttl: times.insistEvery })),
    },

    scheduler: {
      async wakeAt(work: Work, at: number): Promise<void> {
        const delay = Math.max(0, Math.ceil(at - now()))
        const deduplication = { id: idOf(work, `-at-${Math.ceil(at)}`), ttl: delay + 1_000 }
        await queue.add(work.kind, work, { delay, deduplication }).catch(onError)
      },
    },

    work(options: { connection: Redis; concurrency: number; run: (work: Work) => Promise<void> }): Workers {
      const worker = new Worker<Work>(name, (job) => options.run(job.data), {
        connection: options.connection,
        prefix,
        concurrency: options.concurrency,
        lockDuration: times.jobLock,
        stalledInterval: times.stalledCheck,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        metrics: { maxDataPoints: keptMinutes },
      })
      worker.on('error', onError)
      worker.on('failed', (_job, error) => onError(error))
      return { close: (limitMs) => closeWithin(worker, limitMs) }
    },

    /** For whoever runs the installation. Never throws. */
    standing: (): Promise<ShownQueue> => standingOf(queue, now()),

    close: () => queue.close(),
  }
}

/** BullMQ waits for running jobs without a limit; what is cut off here is settled by its successor. */
async function closeWithin(worker: Pick<Worker, 'close'>, limitMs: number): Promise<void> {
  const ended = worker.close().catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'limit'>((resolve) => {
    timer = setTimeout(() => resolve('limit'), limitMs)
  })
  // Not awaited: without Redis even this has no end, and the connection is closed next.
  if ((await Promise.race([ended, limit])) === 'limit') void worker.close(true).catch(() => {})
  clearTimeout(timer)
}
