import { afterEach, expect, it } from 'vitest'
import { type AgentChat, createAgentChat } from '../../../clients/agent/chat.ts'
import { createAgentLines } from '../../../clients/agent/lines.ts'
import { createAgentTokens } from '../../../clients/agent/tokens.ts'
import type { Line } from '../../../clients/core/line/transport.ts'
import { createMemoryStorage } from '../../../clients/core/platform/storage.ts'
import { aChat, adminKey } from '../../support/chat.ts'
import { anHttpProxy } from '../../support/http-proxy.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000, interval: 20 })

/** Two nodes; an agent whose lines go through a proxy without WebSocket to the second, and a visitor at the first. */
async function aTeam() {
  const chat = await aChat({ nodes: 2, times: { heartbeat: 200 } })
  closing.push(chat.close)
  const proxy = await anHttpProxy(chat.node(1).url)
  closing.push(proxy.close)
  const agent = await chat.agent('Bo')
  let renewed = 0
  const tokens = createAgentTokens({
    first: { token: agent.token, expiresAt: '2999-01-01T00:00:00.000Z' },
    async renew() {
      renewed += 1
      const { status, body } = await chat.call('POST', `/api/admin/agents/${agent.id}/token`, { token: adminKey })
      return status === 201 ? { token: body.token, expiresAt: '2999-01-01T00:00:00.000Z' } : null
    },
    now: Date.now,
  })
  const lines = createAgentLines(proxy.url, tokens)
  return { chat, proxy, agent, lines, renewals: () => renewed }
}

/** What comes over the team's line. */
function listen(line: Line) {
  const told: string[] = []
  const heard = { sessions: [] as string[], statuses: [] as string[] }
  line.onUp(() => told.push('up'))
  // Before it is up it has been down with each WebSocket that did not get through.
  line.onDown((refused) => told.length > 0 && told.push(refused ? 'refused' : 'down'))
  line.on('chats_changed', ({ sessionIds }) => heard.sessions.push(...sessionIds))
  line.on('agent_status', ({ status }) => heard.statuses.push(status))
  closing.push(() => line.close())
  return { told, heard }
}

const texts = (chat: AgentChat) => chat.state().conversation.messages.map(({ content }) => content)

it('tells agents of chats and colleagues where no WebSocket gets through, and knows that they are there', async () => {
  const { chat, proxy, agent, lines } = await aTeam()
  const { told, heard } = listen(lines.team())
  await poll(() => told).toEqual(['up'])
  const { sessionId, token } = await chat.session()
  await chat.say(sessionId, token, 'hello')
  await poll(() => heard.sessions).toContain(sessionId)
  await poll(() => heard.statuses).toContain('online')
  proxy.cutStreams()
  await poll(() => told).toEqual(['up', 'down', 'up'])
  const status = async () => {
    const { body } = await chat.call('GET', '/api/chat/agents', { token: agent.token, on: 1 })
    return body.agents.find(({ id }: { id: string }) => id === agent.id).status
  }
  await poll(status).toBe('online')
  expect(proxy.upgrades()).toBeGreaterThan(0)
})

it('holds a chat from the queue to its end where no WebSocket gets through, and tries none again for the next', async () => {
  const { chat, proxy, agent, lines } = await aTeam()
  const { told } = listen(lines.team())
  await poll(() => told).toEqual(['up'])
  await chat.call('PATCH', `/api/admin/agents/${agent.id}`, { token: adminKey, body: { capacity: 3 } })
  const { sessionId, token } = await chat.session()
  await chat.call('PUT', '/api/chat/agents/me/status', { token: agent.token, body: { status: 'busy' } })
  await chat.say(sessionId, token, 'hello')
  const upgrades = proxy.upgrades()
  const work = createAgentChat({
    ...{ line: lines.chat(), sessionId, storage: createMemoryStorage() },
    page: async () => null,
    upload: () => Promise.reject(new Error('nothing is uploaded')),
    newId: () => crypto.randomUUID(),
    now: Date.now,
    later: (task, ms) => void setTimeout(task, ms),
    random: Math.random,
  })
  closing.push(work.stop)
  await poll(() => texts(work)).toEqual(['hello'])
  const taken = await work.act('take_chat')
  work.send('good morning', { isNote: false })
  work.send('a regular', { isNote: true })
  await poll(() => texts(work)).toEqual(['hello', 'good morning', 'a regular'])
  await chat.say(sessionId, token, 'is it?')
  await poll(() => texts(work).at(-1)).toBe('is it?')
  work.read()
  const released = await work.act('release_chat')
  const closed = await work.act('close_chat')
  const log = async () => (await chat.events(sessionId)).map(({ type, actor }) => `${type} by ${actor.kind}`)
  await poll(log).toContain('message_read by agent')
  expect([taken, released, closed, proxy.upgrades()]).toEqual([null, null, null, upgrades])
  expect(await log()).toEqual(expect.arrayContaining(['assigned by agent', 'session_closed by agent']))
})

it('ends for whoever was deactivated, after it has asked for another token', async () => {
  const { chat, agent, lines, renewals } = await aTeam()
  const { told } = listen(lines.team())
  await poll(() => told).toEqual(['up'])
  await chat.call('POST', `/api/admin/agents/${agent.id}/deactivate`, { token: adminKey, body: {} })
  await poll(() => told.at(-1)).toBe('refused')
  expect(renewals()).toBe(1)
})
