import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPresence } from '../../../src/chat/presence/presence.ts'
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

const heartbeatMs = 10_000
let installations = 0
function aPresence(every = heartbeatMs) {
  let time = 1_700_000_000_000
  const prefix = `${stores.redisPrefix}:${(installations += 1)}`
  return {
    presence: createPresence({ redis, prefix, heartbeatMs: every, now: () => time }),
    pass: (ms: number) => (time += ms),
    time: () => time,
  }
}
const bo = 'agent:bo'

it('knows who is there by any device, and since when nobody is', async () => {
  const { presence, pass, time } = aPresence()
  await presence.here([
    { who: bo, device: 'phone' },
    { who: bo, device: 'desk' },
  ])
  pass(3 * heartbeatMs)
  await presence.here([{ who: bo, device: 'desk' }])
  const there = await presence.whereabouts([bo, 'visitor:nobody'])
  await presence.gone(bo, 'desk')
  expect([there, await presence.whereabouts([bo])]).toEqual([
    [{ kind: 'here' }, { kind: 'gone', since: null }],
    [{ kind: 'gone', since: time() }],
  ])
})

it('counts a device that is not heard of twice as gone', async () => {
  const { presence, pass, time } = aPresence()
  await presence.here([{ who: bo, device: 'desk' }])
  const since = time()
  pass(2 * heartbeatMs + 1)
  expect(await presence.whereabouts([bo])).toEqual([{ kind: 'gone', since }])
})

it('does not know where people are once no node has spoken for a while', async () => {
  const { presence, pass } = aPresence(100)
  await presence.here([{ who: bo, device: 'desk' }])
  pass(201)
  await expect.poll(() => presence.whereabouts([bo])).toEqual([{ kind: 'unknown' }])
})

it('does not take an emptied Redis, or none, for people who are gone', async () => {
  const { presence, pass } = aPresence()
  const before = await presence.whereabouts([bo])
  await presence.here([{ who: 'agent:cy', device: 'desk' }])
  const emptied = await presence.whereabouts([bo])
  pass(2 * heartbeatMs)
  const known = await presence.whereabouts([bo])
  line.cut()
  const away = await presence.whereabouts([bo, 'agent:cy'])
  expect([before, emptied, known, away].map((all) => all.map(({ kind }) => kind))).toEqual([
    ['unknown'],
    ['unknown'],
    ['gone'],
    ['unknown', 'unknown'],
  ])
})
