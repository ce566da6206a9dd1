import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTokens } from '../../../src/access/tokens.ts'
import { AgentId } from '../../../src/contract/ids.ts'
import { aChat, adminKey, secret, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

const everyWayIn = (sessionId: string) => [
  ['GET', `/api/chat/sessions/${sessionId}`],
  ['GET', `/api/chat/sessions/${sessionId}/messages`],
  ['GET', `/api/chat/sessions/${sessionId}/stream`],
  ['POST', `/api/chat/sessions/${sessionId}/messages`],
  ['POST', `/api/chat/sessions/${sessionId}/close`],
]

const refusals = (sessionId: string, token?: string) =>
  Promise.all(
    everyWayIn(sessionId).map(async ([method = '', path = '']) => {
      const answer = await chat.call(method, path, token ? { token } : {})
      return [answer.status, answer.body.error.code]
    }),
  )

it("does not show another visitor's chat to be there, whichever way it is asked for", async () => {
  const other = await chat.session()
  const { token } = await chat.session()
  const before = await chat.written()
  const client = chat.connect(token)
  const { sessionId } = other
  const acks = await Promise.all([
    client.ask('join_chat', { sessionId }),
    client.ask('send_message', chat.aMessage(sessionId, 'hello')),
    client.ask('typing', { sessionId, isTyping: true }),
    client.ask('close_chat', { sessionId }),
    client.ask('message_read', { sessionId, messageId: `evt_${'0'.repeat(24)}` }),
  ])
  expect([
    await refusals(sessionId, token),
    acks.map(({ error }) => error.code),
    await chat.written(),
    client.shown,
  ]).toEqual([everyWayIn('').map(() => [404, 'not_found']), acks.map(() => 'not_found'), before, []])
})

it('asks for a token that it knows, over HTTP and at the handshake', async () => {
  const { sessionId } = await chat.session()
  const bo = { id: AgentId.parse(`agt_${'0'.repeat(24)}`), name: 'Bo', role: 'agent', inboxes: [] } as const
  const tokens = [
    'nonsense',
    await createTokens({ secret: 'another secret, quite as long as ours' }, Date.now).forAgent(bo),
    await createTokens({ secret }, () => Date.now() - 2 * 3_600_000).forAgent(bo),
  ]
  const handshakes = await Promise.all(
    tokens.map((token) => {
      const { socket } = chat.connect(token)
      return new Promise((resolve) => socket.on('connect_error', (error) => resolve('data' in error && error.data)))
    }),
  )
  const unauthorized = everyWayIn('').map(() => [401, 'unauthorized'])
  expect([
    await refusals(sessionId),
    await Promise.all(tokens.map((token) => refusals(sessionId, token))),
    handshakes,
  ]).toEqual([
    unauthorized,
    tokens.map(() => unauthorized),
    tokens.map(() => ({ code: 'unauthorized', message: expect.any(String) })),
  ])
})

it('keeps agents to agents and the admin key to itself', async () => {
  const { sessionId, token } = await chat.session()
  const agent = await chat.agent()
  const visitor = chat.connect(token)
  const asAgent = await visitor.ask('agent_join', { sessionId })
  const keys = [undefined, token, agent.token, `${adminKey}x`, adminKey.slice(0, -1)]
  const answers = await Promise.all(keys.map((key) => chat.call('GET', '/api/admin/agents', key ? { token: key } : {})))
  const read = await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token: agent.token })
  expect([asAgent.error.code, answers.map(({ status }) => status), read.status]).toEqual([
    'forbidden',
    [401, 403, 403, 401, 401],
    200,
  ])
})

it('starts a chat only for a website of its inbox, or for one that is no website', async () => {
  const from = (inboxKey: string, origin?: string) =>
    chat.call('POST', '/api/chat/sessions', { body: { inboxKey }, ...(origin && { headers: { origin } }) })
  const before = await chat.written()
  const answers = await Promise.all([
    from('shop', 'https://shop.example'),
    from('shop'),
    from('shop', 'https://chat.example'),
    from('shop', 'https://shop.example.evil.example'),
    from('shop', 'null'),
    from('nowhere'),
  ])
  expect([answers.map(({ status, body }) => [status, body.error?.code]), (await chat.written()) - before]).toEqual([
    [
      [201, undefined],
      [201, undefined],
      [201, undefined],
      [403, 'forbidden'],
      [403, 'forbidden'],
      [404, 'not_found'],
    ],
    3,
  ])
})

it('acts only for who has joined the chat', async () => {
  const { sessionId, token } = await chat.session()
  const client = chat.connect(token)
  const before = await chat.written()
  const ack = await client.ask('send_message', chat.aMessage(sessionId, 'too early'))
  expect([ack.error.code, await chat.written()]).toEqual(['not_joined', before])
})

it('lets only the websites of an inbox embed the frame of the widget', async () => {
  const policies = await Promise.all(
    ['', '?inbox=shop', '?inbox=nowhere'].map(async (query) => {
      const response = await fetch(`${chat.node().url}/widget/frame${query}`)
      return response.headers.get('content-security-policy')?.match(/frame-ancestors (.*)$/)?.[1]
    }),
  )
  expect(policies).toEqual(['*', 'https://shop.example', undefined])
})
