import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentId, CannedId, EventKey, SessionId } from '../../../src/contract/ids.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { adminKey } from '../../support/chat.ts'
import { aDesk, type Desk as TestDesk } from '../../support/desk.ts'

const inbox = (key: string) => Inbox.parse({ key, name: key, allowedOrigins: ['*'] })

let world: TestDesk
beforeAll(async () => {
  world = await aDesk({}, { config: { inboxes: [inbox('default'), inbox('other')] } })
})
afterAll(() => world.close())

const desk = () => world.chat.node().chat.desk

async function aChat(about: Parameters<TestDesk['agent']>[1] = {}) {
  const { sessionId, token } = await world.visitor()
  const { id, ...agent } = await world.agent('Grace', { capacity: 0, ...about })
  return { session: SessionId.parse(sessionId), token, by: AgentId.parse(id), agent }
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  )

it('does what the console does with a chat, in the agent’s name', async () => {
  const { session, by } = await aChat({ role: 'supervisor' })
  await desk().take(by, session)
  await desk().release(by, session)
  await desk().transfer(by, session, { to: { agent: by }, note: 'mine' })
  const mine = await desk().chatsOf(by)
  await desk().close(by, session)
  await desk().reopen(by, session)
  const done = (await world.chat.events(session)).filter(({ actor }) => actor.kind === 'agent' && actor.id === by)
  expect([done.map(({ type }) => type), mine, await desk().chatsOf(by)]).toEqual([
    ['assigned', 'unassigned', 'transferred', 'session_closed', 'session_reopened'],
    [{ session, visitor: 'Ana' }],
    [],
  ])
})

it('says a thing once, and knows who reads it', async () => {
  const { session, by } = await aChat()
  const key = EventKey.parse('slack:modal:key-00001')
  const note = EventKey.parse('slack:modal:key-00002')
  const said = { text: 'It is on its way', internal: false, key, origin: 'deskbridge' }
  await desk().say(by, session, said)
  await desk().say(by, session, said)
  await desk().say(by, session, { ...said, text: 'A hard one', internal: true, key: note })
  const messages = (await world.chat.events(session)).filter(({ key }) => key.startsWith('slack:'))
  const under = await Promise.all(
    [key, note, EventKey.parse('slack:none')].map((one) => desk().saidUnder(by, session, one)),
  )
  expect([messages.map(({ actor }) => actor), under]).toEqual([
    [
      { kind: 'agent', id: by, name: 'Grace' },
      { kind: 'agent', id: by, name: 'Grace' },
    ],
    ['to the customer', 'to the team', 'nothing'],
  ])
})

it('finds the responses of the chat’s inbox and fills them for the chat', async () => {
  const { session, by } = await aChat()
  const response = (name: string, of: string | null) =>
    world.chat.call('POST', '/api/admin/canned', {
      token: adminKey,
      body: { name, inbox: of, text: 'Hello {{visitor.name|there}}, I am {{agent.name}}.' },
    })
  const { body } = await response('Greeting', 'default')
  await response('Greeting elsewhere', 'other')
  const id = CannedId.parse(body.id)
  expect([
    await desk().findCanned(by, session, 'greet'),
    await desk().findCanned(by, session, '  '),
    await desk().renderCanned(by, session, id),
  ]).toEqual([[{ id, name: 'Greeting' }], [{ id, name: 'Greeting' }], 'Hello Ana, I am Grace.'])
})

it('names who could get a chat: those who see its inbox, and their teams', async () => {
  const { session, by } = await aChat()
  const there = await world.agent('Mia', { inboxes: ['default'], teams: ['billing'] })
  const elsewhere = await world.agent('Theo', { inboxes: ['other'], teams: ['returns'] })
  const { agents, teams } = await desk().receivers(by, session)
  const ids = agents.map(({ id }) => String(id))
  expect([ids.includes(there.id), ids.includes(elsewhere.id), teams]).toEqual([true, false, ['billing']])
})

it('does nothing in a chat of another inbox, which is not there for the agent', async () => {
  const { session, by } = await aChat({ inboxes: ['other'] })
  // Meanwhile it may be given to somebody who is there.
  const done = async () => (await world.chat.events(session)).filter(({ actor }) => actor.kind !== 'system')
  const before = await done()
  const key = EventKey.parse('slack:modal:key-00003')
  const tries = await Promise.all(
    [
      desk().take(by, session),
      desk().close(by, session),
      desk().say(by, session, { text: 'x', internal: true, key, origin: 'deskbridge' }),
      desk().receivers(by, session),
      desk().findCanned(by, session, ''),
    ].map(code),
  )
  expect([tries, await done()]).toEqual([Array(5).fill('not_found'), before])
})

it('knows an agent by their email while the account is active, and lets nobody act after that', async () => {
  const { session, by, agent } = await aChat()
  const { email } = await agent.read()
  const known = await desk().agentWith(email.toUpperCase())
  await world.chat.call('POST', `/api/admin/agents/${by}/deactivate`, { token: adminKey })
  expect([
    known,
    await desk().agentWith(email),
    await desk().agentWith('nobody@example.com'),
    await code(desk().take(by, session)),
  ]).toEqual([by, null, null, 'unauthorized'])
})

it('sets the agent’s own status, and asks for no ticket while Zendesk is not connected', async () => {
  const { session, by, agent } = await aChat()
  await desk().setStatus(by, 'busy')
  expect([(await agent.read()).status, await code(desk().requestTicket(by, session))]).toEqual([
    'busy',
    'zendesk_not_configured',
  ])
})

it('knows on any node which agent is writing an answer, until they stop', async () => {
  const { session, by, agent } = await aChat()
  const writing = world.chat.connect(agent.token)
  await writing.ask('agent_join', { sessionId: session })
  await writing.ask('typing', { sessionId: session, isTyping: true })
  await expect.poll(() => desk().typing(session)).toEqual([{ id: by, name: 'Grace' }])
  await writing.ask('typing', { sessionId: session, isTyping: false })
  await expect.poll(() => desk().typing(session)).toEqual([])
})
