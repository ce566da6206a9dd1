import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDestinations } from '../../../src/bridge/destinations.ts'
import { connectMongo } from '../../../src/platform/mongo.ts'
import { type FreshStores, freshStores } from '../../support/stores.ts'

let stores: FreshStores
let connection: Awaited<ReturnType<typeof connectMongo>>
beforeAll(async () => {
  stores = await freshStores()
  connection = await connectMongo(stores.mongodbUrl)
})
afterAll(async () => {
  await connection.close()
  await stores.drop()
})

const by = { kind: 'agent', id: 'agt_1', name: 'Ada' } as const

it('is paused for every worker once the pause is answered, also for one that has just looked', async () => {
  let now = Date.UTC(2026, 10, 30, 9)
  const one = () =>
    createDestinations(
      connection,
      () => now,
      async (ms) => void (now += ms),
    )
  const [worker, another] = [one(), one()]
  const before = await worker.standing('slack')
  now += 1
  await another.setHold('slack', { by, since: new Date(now), reason: null })
  expect([before, await worker.standing('slack')]).toEqual([{ kind: 'open' }, { kind: 'held' }])
})
