import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventKey, SessionId } from '../../../src/contract/ids.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
})
afterAll(() => chat.close())

const say = (sessionId: string, token: string, content: string, more: object = {}) => {
  const { sessionId: _, ...body } = chat.aMessage(sessionId, content, more)
  return chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body })
}

const show = async (sessionId: string, token: string) =>
  (await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token })).body

const page = async (sessionId: string, token: string, query: string) =>
  (await chat.call('GET', `/api/chat/sessions/${sessionId}/messages?${query}`, { token })).body

it('starts a chat and shows it without what the visitor need not be told', async () => {
  const about = {
    name: 'Ana',
    email: 'ana@example.com',
    page: 'https://shop.example',
    referrer: 'r',
    attributes: { plan: 'pro' },
  }
  const { sessionId, token, epoch, visitorId } = await chat.session(about)
  expect(await show(sessionId, token)).toEqual({
    sessionId,
    epoch,
    seq: 1,
    status: 'queued',
    inbox: 'default',
    channel: 'web',
    closedAt: null,
    resolution: null,
    rating: null,
    readUpTo: { visitor: 0, team: 0 },
    visitor: { id: visitorId, name: 'Ana', email: 'ana@example.com', page: 'https://shop.example' },
    agents: [],
    assignee: null,
    createdAt: expect.any(String),
  })
})

it('closes a chat once, however many ask, and a message opens it again', async () => {
  const { sessionId, token } = await chat.session()
  const { token: agent } = await chat.agent()
  const close = (by: string) => chat.call('POST', `/api/chat/sessions/${sessionId}/close`, { token: by })
  const first = await Promise.all([token, agent, adminKey, token].map(close))
  const closed = await show(sessionId, token)
  await say(sessionId, token, 'one more thing')
  const reopened = await show(sessionId, token)
  const second = await Promise.all([agent, agent].map(close))
  expect({
    first: first.map(({ status, body }) => [status, body]),
    statuses: [closed.status, reopened.status],
    second: second.map(({ body }) => body),
    log: (await chat.events(sessionId)).map(({ type }) => type),
  }).toEqual({
    first: Array(4).fill([200, { seq: 2 }]),
    statuses: ['closed', 'queued'],
    second: [{ seq: 4 }, { seq: 4 }],
    log: ['session_started', 'session_closed', 'message', 'session_closed'],
  })
})

it('pages through a chat both ways without a repetition or a gap', async () => {
  const { sessionId, token } = await chat.session()
  const { token: agent } = await chat.agent()
  for (let index = 0; index < 25; index += 1)
    await say(sessionId, index % 2 ? agent : token, `text ${index}`, { isInternal: index % 10 === 1 })
  const back: string[] = []
  const older = async (query: string): Promise<void> => {
    const { messages, hasMore } = await page(sessionId, token, query)
    back.unshift(...messages.map(({ content }: { content: string }) => content))
    if (hasMore) await older(`limit=7&before=${messages[0].seq}`)
  }
  const forth: string[] = []
  const newer = async (after: number): Promise<void> => {
    const { messages, hasMore, seq } = await page(sessionId, token, `limit=7&after=${after}`)
    forth.push(...messages.map(({ content }: { content: string }) => content))
    if (hasMore) await newer(seq)
  }
  await older('limit=7')
  await newer(0)
  const visible = Array.from({ length: 25 }, (_, index) => index)
    .filter((index) => index % 10 !== 1)
    .map((index) => `text ${index}`)
  expect([back, forth]).toEqual([visible, visible])
})

it('shows a message before it is projected', async () => {
  const { sessionId, token } = await chat.session()
  for (const text of ['one', 'two', 'three']) await say(sessionId, token, text)
  const { connection, log } = chat.node()
  await log.projected()
  const whole = await page(sessionId, token, 'limit=50')
  await connection.collection('messages').deleteMany({ session: sessionId, seq: { $gt: 2 } })
  await connection.collection('sessions').updateOne({ _id: sessionId as never }, { $set: { projectedSeq: 2 } })
  expect([await page(sessionId, token, 'limit=50'), whole.messages.length]).toEqual([whole, 3])
})

it('returns the id of a message to the one who sent it alone', async () => {
  const { sessionId, token } = await chat.session()
  const { token: agent } = await chat.agent()
  await say(sessionId, token, 'mine', { clientMessageId: 'chosen-by-me' })
  const shown = await Promise.all([token, agent].map((reader) => page(sessionId, reader, 'limit=5')))
  expect(shown.map(({ messages }) => messages[0].clientMessageId)).toEqual(['chosen-by-me', undefined])
})

it('makes one agent of an email, however it is written and however many ask', async () => {
  const create = (email: string) =>
    chat.call('POST', '/api/admin/agents', { token: adminKey, body: { name: 'Eve', email } })
  const answers = await Promise.all(
    ['eve@example.com', 'EVE@example.com', 'Eve@Example.com', 'eve@example.com'].map(create),
  )
  await Promise.all([chat.node(0).chat.seed(), chat.node(1).chat.seed(), chat.node(0).chat.seed()])
  const { body } = await chat.call('GET', '/api/admin/agents', { token: adminKey })
  const emails = body.agents.map(({ email }: { email: string }) => email.toLowerCase())
  const unknown = await chat.call('POST', `/api/admin/agents/agt_${'0'.repeat(24)}/token`, { token: adminKey })
  expect({
    statuses: answers.map(({ status }) => status).toSorted(),
    eves: emails.filter((email: string) => email === 'eve@example.com').length,
    seeded: emails.filter((email: string) => email === 'seeded@example.com').length,
    unknown: [unknown.status, unknown.body.error.code],
  }).toEqual({ statuses: [201, 409, 409, 409], eves: 1, seeded: 1, unknown: [404, 'not_found'] })
})

it('says once that an agent has joined, however often they do', async () => {
  const { sessionId, token } = await chat.session()
  const agent = await chat.agent('Cy')
  const clients = [chat.connect(agent.token, 0), chat.connect(agent.token, 1)]
  await Promise.all(clients.flatMap((client) => [0, 1].map(() => client.ask('agent_join', { sessionId }))))
  expect([(await chat.events(sessionId)).map(({ type }) => type), (await show(sessionId, token)).agents]).toEqual([
    ['session_started', 'agent_joined'],
    [{ id: agent.id, name: 'Cy' }],
  ])
})

it('takes in what a colleague wrote elsewhere once, under their name', async () => {
  const { sessionId, token } = await chat.session()
  const { conversation } = chat.node().chat
  const message = {
    session: SessionId.parse(sessionId),
    key: EventKey.parse('zendesk:comment:7'),
    actor: { kind: 'colleague', system: 'zendesk', id: '42', name: 'Grace' } as const,
    text: 'On its way',
    origin: 'zendesk',
  }
  await conversation.post(message)
  await conversation.post(message)
  const { messages } = await page(sessionId, token, 'limit=5')
  expect(messages).toEqual([
    expect.objectContaining({ content: 'On its way', senderType: 'agent', senderName: 'Grace', senderId: '42' }),
  ])
})
