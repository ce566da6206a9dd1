import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Work } from '../../../src/bridge/doorbell.ts'
import { connectBlockingRedis, connectRedis } from '../../../src/platform/redis.ts'
import { createQueue } from '../../../src/queue/queue.ts'
import { aLine } from '../../support/line.ts'
import { type FreshStores, freshStores } from '../../support/stores.ts'

let stores: FreshStores
beforeAll(async () => {
  stores = await freshStores()
})
afterAll(() => stores.drop())

const times = { jobLock: 30_000, stalledCheck: 30_000, insistEvery: 1_000 }
const ignored = () => {}

/** A queue with one job that waits and one that comes later, over a line that a test may cut. */
async function aQueue(name: string) {
  const line = await aLine(stores.redisUrl)
  const producer = connectRedis(line.url)
  await once(producer, 'ready')
  const prefix = `${stores.redisPrefix}:${name}`
  const queue = createQueue<Work>({
    name: 'drains',
    idOf: ({ link }) => link,
    producer,
    prefix,
    times,
    now: Date.now,
    onError: ignored,
  })
  await queue.doorbell.ring([{ kind: 'deliver', link: 'ses_1:slack' }])
  await queue.scheduler.wakeAt({ kind: 'deliver', link: 'ses_2:slack' }, Date.now() + 600_000)
  return {
    line,
    queue,
    async close() {
      await queue.close().catch(ignored)
      producer.disconnect()
      await line.close()
    },
  }
}

it('says what waits, since when, and what was done lately', async () => {
  const { queue, close } = await aQueue('counted')
  const before = await queue.standing()
  const connection = connectBlockingRedis(stores.redisUrl)
  const workers = queue.work({ connection, concurrency: 1, run: async () => {} })
  await expect.poll(queue.standing, { timeout: 10_000 }).toEqual({
    ...{ name: 'drains', state: 'working', waiting: 0, active: 0, delayed: 1 },
    completed: 1,
    failed: 0,
    oldestWaitingMs: null,
  })
  await workers.close(5_000)
  connection.disconnect()
  await close()
  const waiting = { waiting: 1, active: 0, delayed: 1, completed: 0, failed: 0, oldestWaitingMs: expect.any(Number) }
  expect(before).toEqual({ name: 'drains', state: 'working', ...waiting })
})

it('says that Redis is away', async () => {
  const { line, queue, close } = await aQueue('away')
  line.cut()
  const away = await queue.standing()
  await close()
  expect(away).toEqual({ name: 'drains', state: 'away', next: expect.stringContaining('REDIS_URL') })
})
