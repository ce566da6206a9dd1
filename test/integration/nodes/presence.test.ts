import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPresence, type Presence } from '../../../src/chat/presence/presence.ts'
import { connectRedis } from '../../../src/platform/redis.ts'
import { aClient, type ChatClient } from '../../support/chat.ts'
import { adminKey } from '../../support/chat-node.ts'
import { aFleet } from '../../support/fleet.ts'

const heartbeat = 500
let fleet: Awaited<ReturnType<typeof aFleet>>
let redis: ReturnType<typeof connectRedis>
let presence: Presence
const clients: ChatClient[] = []
beforeAll(async () => {
  fleet = await aFleet(3, { times: { heartbeat, sweepAgents: 200 }, limits: { agentOfflineAfter: 1_000 } })
  const { redisUrl, redisPrefix: prefix } = fleet.stores
  redis = connectRedis(redisUrl)
  await once(redis, 'ready')
  presence = createPresence({ redis, prefix, heartbeatMs: heartbeat, now: () => Date.now() })
})
afterAll(async () => {
  for (const { socket } of clients) socket.close()
  redis.disconnect()
  await fleet.stop()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 50 })

const connect = (token: string, node: number) => {
  const client = aClient(fleet.urls()[node] ?? '', token)
  clients.push(client)
  return client
}

async function anAgent(name: string) {
  const email = `${name.toLowerCase()}@example.com`
  const { body } = await fleet.call('POST', '/api/admin/agents', adminKey, { name, email, capacity: 0 }, 0)
  const answer = await fleet.call('POST', `/api/admin/agents/${body.id}/token`, adminKey, {}, 0)
  return { id: body.id as string, token: answer.body.token as string }
}

const aSession = async () =>
  (await fleet.call('POST', '/api/chat/sessions', undefined, { name: 'Ana' }, 0)).body as {
    sessionId: string
    token: string
  }

const typing = (client: ChatClient) =>
  client.shown.filter(({ event }) => event === 'user_typing').map(({ data }) => [data.userType, data.isTyping])

it('tells who types to the clients of every node', async () => {
  const agent = await anAgent('Bo')
  const { sessionId, token } = await aSession()
  const visitor = connect(token, 0)
  const readers = [connect(agent.token, 1), connect(agent.token, 2), connect(token, 2)]
  for (const client of [visitor, ...readers]) await client.ask('join_chat', { sessionId })
  await visitor.ask('typing', { sessionId, isTyping: true })
  await poll(() => readers.map(typing)).toEqual(
    readers.map(() => [
      ['visitor', true],
      ['visitor', false],
    ]),
  )
  expect(typing(visitor)).toEqual([])
})

it('counts somebody’s devices over all nodes, and outlives the death of one node after the other', async () => {
  const [agent, colleague] = [await anAgent('Cy'), await anAgent('Di')]
  const watching = connect(colleague.token, 0)
  await poll(() => watching.socket.connected).toBe(true)
  const statuses = () =>
    watching.shown
      .filter(({ event, data }) => event === 'agent_status' && data.agentId === agent.id)
      .map(({ data }) => data.status)
  const devices = [connect(agent.token, 1), connect(agent.token, 2)]
  const whereabouts = async () => (await presence.whereabouts([`agent:${agent.id}`]))[0]?.kind
  await poll(() => devices.map(({ socket }) => socket.connected)).toEqual([true, true])
  await poll(async () => [await whereabouts(), statuses().at(-1)]).toEqual(['here', 'online'])
  for (const { socket } of devices) socket.io.reconnection(false)

  fleet.kill(2)
  const key = `${fleet.stores.redisPrefix}:here:agent:${agent.id}`
  const counted = () => redis.zcount(key, Date.now() - 2 * heartbeat, '+inf')
  await poll(async () => [await counted(), await whereabouts(), statuses().at(-1)]).toEqual([1, 'here', 'online'])
  fleet.kill(1)
  await poll(whereabouts).toBe('gone')
  await poll(() => statuses().at(-1)).toBe('offline')
})
