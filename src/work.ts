import type { Parts } from './compose.ts'
import { createEveryInOneProcess } from './platform/periodic.ts'

/** Jobs at work at once in a process; each is mostly waiting for a remote. */
const concurrency = 32

/** The role `worker`: what is queued, and the sweeps that queue what was lost. Answers how to stop, each after the one before. */
export function work(parts: Parts): readonly (() => Promise<unknown>)[] {
  const { config, connection, redis, now, onError, queue, webhookQueue, bridge, chat, webhooks, analytics } = parts
  const { blocking } = redis
  const carrying = queue.work({ connection: blocking, concurrency, run: bridge.run })
  const telling = webhookQueue.work({ connection: blocking, concurrency, run: webhooks.run })
  const everyInOneProcess = createEveryInOneProcess({ connection, now, random: Math.random, onError })
  const sweeps = [bridge, chat, webhooks, analytics].map((each) => each.startSweeps(everyInOneProcess))
  return [
    () => Promise.all(sweeps.map((sweep) => sweep.stop())),
    () => Promise.all([carrying.close(config.times.drain), telling.close(config.times.drain)]),
  ]
}
