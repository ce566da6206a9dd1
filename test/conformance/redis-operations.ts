import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

/** What the project asks of a Redis-compatible store. */
export interface RedisOperation {
  name: string
  expected: unknown
  run(url: string, prefix: string): Promise<unknown>
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 2_000 })
  redis.on('error', () => {})
  try {
    return await use(redis)
  } finally {
    redis.disconnect()
  }
}

export const redisOperations: readonly RedisOperation[] = [
  {
    name: 'a script reads the server clock and writes a key that expires',
    expected: { hasClock: true, expires: true },
    run: (url, prefix) =>
      withRedis(url, async (redis) => {
        const script = "local t = redis.call('TIME'); redis.call('SET', KEYS[1], t[1], 'PX', 5000); return t[1]"
        const seconds = Number(await redis.eval(script, 1, `${prefix}:clock`))
        return { hasClock: seconds > 1_600_000_000, expires: (await redis.pttl(`${prefix}:clock`)) > 0 }
      }),
  },
  {
    name: 'what is published reaches those who subscribed',
    expected: 'head 7',
    run: (url, prefix) =>
      withRedis(url, (publisher) =>
        withRedis(url, async (subscriber) => {
          const heard = new Promise<string>((resolve, reject) => {
            subscriber.on('message', (_channel, text) => resolve(text))
            setTimeout(() => reject(new Error('nothing was heard')), 3_000).unref()
          })
          heard.catch(() => {})
          await subscriber.subscribe(`${prefix}:nodes`)
          await publisher.publish(`${prefix}:nodes`, 'head 7')
          return heard
        }),
      ),
  },
  {
    name: 'a job that is rung for while it runs, runs once more, and no more often',
    expected: 2,
    run: (url, prefix) =>
      withRedis(url, async (producer) => {
        const connection = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => null })
        connection.on('error', () => {})
        const queue = new Queue('drains', { connection: producer, prefix })
        queue.on('error', () => {})
        let runs = 0
        let release = () => {}
        const held = new Promise<void>((resolve) => {
          release = resolve
        })
        const worker = new Worker('drains', async () => ((runs += 1) === 1 ? held : undefined), { connection, prefix })
        worker.on('error', () => {})
        const idle = Promise.withResolvers<void>()
        worker.on('drained', () => runs > 1 && idle.resolve())
        const ring = () =>
          queue.add('deliver', {}, { deduplication: { id: 'one', keepLastIfActive: true }, removeOnComplete: true })
        try {
          // A worker without work waits in Redis, and is woken by the first job.
          await waitFor(async () => /blocked_clients:[1-9]/.test(await producer.info('clients')))
          await ring()
          await waitFor(() => runs === 1)
          for (let count = 0; count < 5; count += 1) await ring()
          release()
          await waitFor(() => runs === 2)
          await Promise.race([idle.promise, new Promise((resolve) => setTimeout(resolve, 300))])
          return runs
        } finally {
          release()
          await worker.close(true).catch(() => {})
          await queue.close().catch(() => {})
          connection.disconnect()
        }
      }),
  },
]

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 3_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
