import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ShownNode } from '../../../src/contract/node.ts'
import { createRegistry, nodeModel } from '../../../src/nodes/registry.ts'
import { connectMongo, createIndexes } from '../../../src/platform/mongo.ts'
import { freshStores } from '../../support/stores.ts'

let stores: Awaited<ReturnType<typeof freshStores>>
let connection: Awaited<ReturnType<typeof connectMongo>>
beforeAll(async () => {
  stores = await freshStores()
  connection = await connectMongo(stores.mongodbUrl)
  await createIndexes(connection, [nodeModel])
})
afterAll(async () => {
  await connection.close()
  await stores.drop()
})

const heartbeatMs = 1_000
let nodes = 0

/** A process as it says who it is, with a clock that a test moves. */
function aNode(about: { role?: ShownNode['role']; at?: number } = {}) {
  let time = about.at ?? Date.now()
  const registry = createRegistry({ connection, heartbeatMs, now: () => time })
  const id = `node-${(nodes += 1)}`
  const startedAt = new Date(time)
  const node = { id, role: about.role ?? 'api', version: '1.2.3', host: 'h', pid: 7, capacity: 10, startedAt }
  const mine = async () => (await registry.list()).find((one) => one.id === id)
  return {
    id,
    registry,
    mine,
    time: () => time,
    pass: (ms: number) => (time += ms),
    say: (state: 'ready' | 'draining' = 'ready', sockets = 0) =>
      registry.say(node, { state, connections: { sockets, streams: 1 } }),
  }
}

it('lists a process as it last said of itself', async () => {
  const node = aNode()
  await node.say('ready', 3)
  const { mine, pass, time } = node
  const startedAt = new Date(time()).toISOString()
  pass(heartbeatMs)
  await node.say('draining', 2)
  expect(await mine()).toEqual({
    ...{ id: node.id, role: 'api', version: '1.2.3', host: 'h', pid: 7, capacity: 10, state: 'draining' },
    connections: { sockets: 2, streams: 1 },
    startedAt,
    seenAt: new Date(time()).toISOString(),
  })
})

it('calls one gone after two heartbeats, forgets it after an hour, and knows it again when it comes back', async () => {
  const { say, mine, pass } = aNode()
  await say()
  const states = []
  for (const ms of [2 * heartbeatMs, 1, 3_600_000]) {
    pass(ms)
    states.push((await mine())?.state)
  }
  await say()
  expect([states, (await mine())?.state]).toEqual([['ready', 'gone', undefined], 'ready'])
})

it('has the store forget what nobody asks for', async () => {
  const indexes = await connection.collection('nodes').indexes()
  expect(
    indexes.flatMap(({ key, expireAfterSeconds }) => (expireAfterSeconds ? [[key, expireAfterSeconds]] : [])),
  ).toEqual([[{ seenAt: 1 }, 3_600]])
})
