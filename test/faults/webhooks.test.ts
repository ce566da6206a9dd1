import { Redis } from 'ioredis'
import { afterEach, expect, it } from 'vitest'
import { aService, asAdmin, type Service, type ServiceProcess } from '../support/service.ts'
import { aReceiver } from '../support/webhooks.ts'

/** Leases and retries, shortened alike; 1 in the long run. */
const factor = Number(process.env.DESKBRIDGE_TEST_FACTOR ?? 0.1)
const patience = { timeout: 60_000 + 600_000 * factor, interval: 200 }
const range = (length: number) => Array.from({ length }, (_, nth) => nth)

const services: Service[] = []
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

/** An API node and a worker, with an endpoint for each of the receivers. */
async function aFleet(urls: readonly string[]) {
  const limits = { sessionRateLimit: { perAddress: 10_000, perInbox: 10_000 } }
  const service = await aService({ timeFactor: factor, webhooks: { allow: ['127.0.0.1'] }, limits })
  services.push(service)
  const [api, worker] = await Promise.all([service.start('api'), service.start('worker')])
  for (const url of urls) await asAdmin(api.url, '/api/admin/webhooks/endpoints', { url, events: ['message.created'] })
  return { service, api, worker }
}

async function write({ url }: ServiceProcess, chats: number, each: number): Promise<string[]> {
  const said: string[] = []
  const scopes = ['chats:write', 'messages:write']
  const { key } = await asAdmin<{ key: string }>(url, '/api/admin/keys', { name: 'Shop', scopes, rateLimit: 6_000 })
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const chat = async () => {
    const { sessionId } = await post<{ sessionId: string }>('/api/chat/sessions', { name: 'Ana' })
    for (const nth of range(each)) {
      const message = {
        messageType: 'text',
        content: `message ${nth}`,
        clientMessageId: `message-${nth}`,
        as: 'visitor',
      }
      said.push((await post<{ id: string }>(`/api/chat/sessions/${sessionId}/messages`, message)).id)
    }
  }
  await Promise.all(range(chats).map(chat))
  return said
}

it('tells every endpoint that is well of everything, through a kill of the worker and an emptied Redis, beside some that fail and hang', async () => {
  const well = await Promise.all(range(4).map(() => aReceiver()))
  const bad = await Promise.all([aReceiver(500), aReceiver('nothing'), aReceiver({ status: 429 })])
  const { service, api, worker } = await aFleet([...well, ...bad].map(({ url }) => url))
  const writing = write(api, 10, 20)
  await expect.poll(() => well.every(({ calls }) => calls.length > 20), patience).toBe(true)
  await worker.end('SIGKILL')
  const redis = new Redis(service.stores.redisUrl)
  await redis.flushall()
  redis.disconnect()
  const said = await writing
  await service.start('worker')
  await expect
    .poll(() => well.map(({ ids }) => [...new Set(ids())].sort()), patience)
    .toEqual(well.map(() => said.toSorted()))
  expect([new Set(said).size, said.length]).toEqual([200, 200])
})
