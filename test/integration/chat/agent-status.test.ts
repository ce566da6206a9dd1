import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createStatuses, type StatusChange } from '../../../src/chat/agents/statuses.ts'
import type { Presence, Whereabouts } from '../../../src/chat/presence/presence.ts'
import { AgentId } from '../../../src/contract/ids.ts'
import { aChat, adminKey, type ChatClient, type TestChat } from '../../support/chat.ts'
import { anAccount } from '../../support/signed-in.ts'

const slowly = { timeout: 20_000 }
const quick = { heartbeat: 200, sweepAgents: 100 }
const chats: TestChat[] = []
const aTeam = async (limits: object) => {
  const chat = await aChat({ nodes: 2, limits, times: quick })
  chats.push(chat)
  return chat
}
afterEach(async () => {
  for (const chat of chats.splice(0)) await chat.close()
})

const anAgent = async (chat: TestChat, more: object = {}) => {
  const account = await anAccount(chat, { password: undefined, ...more })
  return { ...account, token: (await account.admin('POST', '/token')).body.token as string }
}

const told = ({ shown }: ChatClient, agent: { id: string }) =>
  shown
    .filter(({ event, data }) => event === 'agent_status' && data.agentId === agent.id)
    .map(({ data }) => data.status)

const members = async (chat: TestChat, token: string, query = '') =>
  (await chat.call('GET', `/api/chat/agents${query}`, { token })).body.agents

it('is away without a sign of life, and online again with the next, for a colleague on another node', async () => {
  const chat = await aTeam({ agentAwayAfter: 1_500 })
  const [agent, colleague] = [await anAgent(chat), await anAgent(chat)]
  const watching = chat.connect(colleague.token, 1)
  await expect.poll(() => watching.socket.connected, slowly).toBe(true)
  const working = chat.connect(agent.token)
  await expect.poll(() => told(watching, agent), slowly).toEqual(['online', 'away'])
  await working.ask('typing', { sessionId: `ses_${'0'.repeat(24)}`, isTyping: true })
  await expect.poll(() => told(watching, agent).slice(0, 3), slowly).toEqual(['online', 'away', 'online'])
  await expect.poll(() => told(watching, agent).slice(0, 4), slowly).toEqual(['online', 'away', 'online', 'away'])
  await members(chat, agent.token)
  await expect.poll(() => told(watching, agent).at(4), slowly).toBe('online')
})

it('is offline once the last device is gone, and then as chosen before with the next', async () => {
  const chat = await aTeam({ agentOfflineAfter: 5_000 })
  const [agent, colleague] = [await anAgent(chat), await anAgent(chat)]
  const watching = chat.connect(colleague.token, 1)
  await expect.poll(() => watching.socket.connected, slowly).toBe(true)
  const devices = [chat.connect(agent.token, 0), chat.connect(agent.token, 1)]
  await expect.poll(() => told(watching, agent), slowly).toEqual(['online'])
  const ack = await devices[0]?.ask('set_status', { status: 'busy' })
  for (const { socket } of devices) socket.close()
  await expect.poll(() => told(watching, agent), slowly).toEqual(['online', 'busy', 'offline'])
  chat.connect(agent.token, 1)
  await expect.poll(() => told(watching, agent), slowly).toEqual(['online', 'busy', 'offline', 'busy'])
  expect(ack).toEqual({ ok: true })
})

it('is what they choose over HTTP, for themselves alone, and offline when deactivated', async () => {
  const chat = await aTeam({})
  const [agent, colleague] = [await anAgent(chat, { teams: ['night'] }), await anAgent(chat)]
  const { token: visitor } = await chat.session()
  const choose = (token: string, status: unknown) =>
    chat.call('PUT', '/api/chat/agents/me/status', { token, body: { status } })
  const watching = chat.connect(colleague.token, 1)
  await expect.poll(() => watching.socket.connected, slowly).toBe(true)
  const chosen = await choose(agent.token, 'online')
  const shown = await members(chat, colleague.token, '?team=night&status=online')
  const refused = [
    await choose(visitor, 'online'),
    await choose(adminKey, 'online'),
    await choose(agent.token, 'asleep'),
    await choose(agent.token, { $ne: 'online' }),
    await chat.call('GET', '/api/chat/agents', { token: visitor }),
  ]
  const bySocket = await chat.connect(visitor).ask('set_status', { status: 'online' })
  await agent.admin('POST', '/deactivate')
  await expect.poll(() => told(watching, agent), slowly).toEqual(['online', 'offline'])
  expect({
    chosen: [chosen.status, chosen.body],
    shown,
    refused: refused.map(({ body }) => body.error.code),
    bySocket: bySocket.error.code,
    after: await members(chat, colleague.token, '?team=night'),
  }).toEqual({
    chosen: [200, { status: 'online' }],
    shown: [
      {
        id: agent.id,
        name: 'Bo',
        role: 'agent',
        status: 'online',
        statusSince: expect.any(String),
        teams: ['night'],
        skills: [],
        chats: 0,
        capacity: 5,
        takes: 5,
      },
    ],
    refused: ['forbidden', 'forbidden', 'invalid_input', 'invalid_input', 'forbidden'],
    bySocket: 'forbidden',
    after: [],
  })
})

it('is told to agents of a common inbox and to supervisors', async () => {
  const chat = await aTeam({})
  const agent = await anAgent(chat, { name: 'Shop', inboxes: ['shop'] })
  const others = {
    same: await anAgent(chat, { inboxes: ['default', 'shop'] }),
    all: await anAgent(chat),
    none: await anAgent(chat, { inboxes: ['default'] }),
    supervisor: await anAgent(chat, { inboxes: ['default'], role: 'supervisor' }),
  }
  const watching = Object.entries(others).map(
    ([name, { token }], index) => [name, chat.connect(token, index % 2)] as const,
  )
  await expect.poll(() => watching.map(([, { socket }]) => socket.connected), slowly).toEqual([true, true, true, true])
  const working = chat.connect(agent.token)
  await working.ask('set_status', { status: 'busy' })
  await expect
    .poll(() => watching.filter(([, client]) => told(client, agent).at(-1) === 'busy').map(([name]) => name), slowly)
    .toEqual(['same', 'all', 'supervisor'])
  await watching[2]?.[1].ask('set_status', { status: 'busy' })
  const listed = await Promise.all(
    Object.values(others).map(async ({ token }) =>
      (await members(chat, token)).some(({ id }: { id: string }) => id === agent.id),
    ),
  )
  expect([watching[2] && told(watching[2][1], agent), listed]).toEqual([[], [true, true, false, true]])
})

let store: TestChat
beforeAll(async () => {
  store = await aChat({ times: { sweepAgents: 3_600_000 } })
})
afterAll(() => store.close())

/** Several processes with statuses of one agent, whose clock and devices a test moves. */
async function someProcesses(count: number) {
  const { connection } = store.node()
  const { id } = await anAccount(store, { password: undefined })
  const agent = AgentId.parse(id)
  let time = Date.now()
  let devices: Whereabouts = { kind: 'here' }
  const held: PromiseWithResolvers<void>[] = []
  let asked = Promise.withResolvers<void>()
  const presence: Pick<Presence, 'whereabouts'> = {
    async whereabouts(who) {
      const answer = who.map((one): Whereabouts => (one === `agent:${id}` ? devices : { kind: 'unknown' }))
      asked.resolve()
      await held.at(-1)?.promise
      return answer
    },
  }
  const changes: string[] = []
  const note = ({ agent: whose, from, to }: StatusChange) => whose === agent && changes.push(`${from} → ${to}`)
  const limits = { agentAwayAfter: 300_000, agentOfflineAfter: 60_000 }
  const processes = Array.from({ length: count }, () => {
    const made = createStatuses({
      connection,
      presence,
      limits,
      now: () => time,
      onError: (error) => {
        throw error
      },
    })
    made.onChanged(note)
    return made
  })
  const [first] = processes
  if (!first) throw new Error('none')
  const signs = async () => (await connection.collection('agents').findOne({ _id: id as never }))?.signs
  return {
    agent,
    first,
    processes,
    changes,
    signs,
    pass: (ms: number) => (time += ms),
    be: (next: Whereabouts) => (devices = next),
    hold() {
      asked = Promise.withResolvers()
      held.push(Promise.withResolvers<void>())
    },
    /** It was asked where the devices are, which comes after the read. */
    asked: () => asked.promise,
    release: () => held.pop()?.resolve(),
  }
}

it('changes once and is told once, however many processes look at once', async () => {
  const { agent, first, processes, changes, pass } = await someProcesses(4)
  await first.connected(agent)
  pass(300_000)
  await Promise.all(processes.map(({ sweep }) => sweep()))
  await Promise.all(processes.map(({ stirred }) => stirred(agent)))
  expect(changes).toEqual(['offline → online', 'online → away', 'away → online'])
})

it('is online when they come back after a long time, also where a look finds the device first', async () => {
  const { agent, first, changes, pass, be } = await someProcesses(1)
  pass(3_600_000)
  be({ kind: 'here' })
  await first.sweep()
  await first.connected(agent)
  await first.sweep()
  expect(changes).toEqual(['offline → online'])
})

it('is not taken for offline by a look that a new device has overtaken', async () => {
  const { agent, first, changes, pass, be, hold, asked, release } = await someProcesses(1)
  await first.connected(agent)
  pass(120_000)
  be({ kind: 'gone', since: Date.now() })
  hold()
  const looking = first.sweep()
  await asked()
  await first.connected(agent)
  release()
  await looking
  expect(changes).toEqual(['offline → online'])
})

it('keeps a choice, and comes back with a device, whatever signs of life cross it', async () => {
  const { agent, first, processes, changes, pass } = await someProcesses(4)
  await first.connected(agent)
  for (const status of ['busy', 'online', 'away', 'offline', 'busy'] as const) {
    pass(30_000)
    const [one, ...others] = processes
    await Promise.all([...others.map(({ stirred }) => stirred(agent)), one?.choose(agent, status)])
  }
  await processes[0]?.retire(agent)
  pass(30_000)
  await Promise.all(processes.flatMap(({ stirred, connected }) => [stirred(agent), connected(agent)]))
  expect(changes.map((change) => change.split(' → ')[1])).toEqual([
    'online',
    'busy',
    'online',
    'away',
    'offline',
    'busy',
    'offline',
    'busy',
  ])
})

it('writes of a hundred signs of life the first', async () => {
  const { agent, first, signs, pass } = await someProcesses(1)
  for (let index = 0; index < 100; index += 1) {
    await first.stirred(agent)
    pass(200)
  }
  const before = await signs()
  pass(30_000)
  await first.stirred(agent)
  expect([before, await signs()]).toEqual([1, 2])
})
