import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBudgets } from '../../../src/bridge/budgets/reserve.ts'
import { type Ask, reserveSlot } from '../../../src/bridge/budgets/slots.ts'
import { connectRedis } from '../../../src/platform/redis.ts'
import { aLine } from '../../support/line.ts'
import { freshStores } from '../../support/stores.ts'

let stores: Awaited<ReturnType<typeof freshStores>>
let line: Awaited<ReturnType<typeof aLine>>
let redis: ReturnType<typeof connectRedis>
beforeAll(async () => {
  stores = await freshStores()
  line = await aLine(stores.redisUrl)
  redis = connectRedis(line.url)
  await new Promise((resolve) => redis.once('ready', resolve))
})
afterAll(async () => {
  redis.disconnect()
  await line.close()
  await stores.drop()
})

const begin = 1_700_000_000_000
const posts = { key: 'posts', limit: 60, windowMs: 57_000, burst: 3 }
let installations = 0

const steps = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 5_000 }),
    share: fc.constantFrom('shop', 'desk', 'a b', 'ünï'),
    lane: fc.constantFrom<Ask['lane']>('urgent', 'normal', 'spare'),
    again: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
)

it('answers for all processes what the model answers for one', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      let now = begin
      const times = new Map<string, number>()
      const prefix = `${stores.redisPrefix}:${(installations += 1)}`
      const processes = [0, 1].map(() => createBudgets({ redis, prefix, now: () => now, redisNow: () => now }))
      const answers = []
      const expected = []
      for (const [index, { wait, ...ask }] of all.entries()) {
        now += wait
        answers.push(await processes[index % 2]?.reserve(posts, ask))
        expected.push(reserveSlot(times, posts, ask, now))
      }
      expect(answers).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

it('keeps the pace for itself while Redis is away', async () => {
  const budgets = createBudgets({ redis, prefix: `${stores.redisPrefix}:away`, now: () => begin })
  const ask = { share: 'shop', lane: 'urgent', again: false } as const
  line.cut()
  const answers = [
    await budgets.reserve(posts, ask),
    await budgets.reserve(posts, ask),
    await budgets.reserve(posts, ask),
    await budgets.reserve(posts, ask),
  ]
  expect(answers.map(({ at, granted }) => [at - begin, granted])).toEqual([
    [0, true],
    [0, true],
    [0, true],
    [1_000, true],
  ])
})
