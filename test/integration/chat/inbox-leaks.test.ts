import { afterAll, beforeAll, expect, it } from 'vitest'
import { Scope } from '../../../src/contract/key.ts'
import { aChat, adminKey, type ChatClient, type TestChat } from '../../support/chat.ts'

/** Two inboxes with a chat each, an agent of the first, and everything that the second one's says. */
let chat: TestChat
let shop: Awaited<ReturnType<TestChat['session']>>
let desk: Awaited<ReturnType<TestChat['session']>>
let agent: { id: string; token: string }
/** Of another system that may do all that one inbox's can. */
let key: string
let messageId: string
let sockets: ChatClient[]
const secret = 'SECRETWORD'

beforeAll(async () => {
  chat = await aChat()
  desk = await chat.session({ inboxKey: 'default', name: 'Ana' })
  shop = await chat.session({ inboxKey: 'shop', name: `${secret} Carla`, email: 'carla@example.com' })
  const everywhere = await chat.agent('Everywhere')
  const answering = chat.connect(everywhere.token)
  await answering.ask('agent_join', { sessionId: shop.sessionId })
  messageId = (await answering.ask('send_message', chat.aMessage(shop.sessionId, `${secret} answer`))).id
  await chat.call('PUT', `/api/chat/sessions/${shop.sessionId}/tags`, {
    token: everywhere.token,
    body: { tags: [secret.toLowerCase()] },
  })
  const { id } = (
    await chat.call('POST', '/api/admin/agents', {
      token: adminKey,
      body: { name: 'Dee', email: 'dee@example.com', inboxes: ['default'] },
    })
  ).body
  agent = { id, ...(await chat.call('POST', `/api/admin/agents/${id}/token`, { token: adminKey })).body }
  const wanted = { name: 'Desk', inboxes: ['default'], scopes: Scope.exclude(['admin']).options }
  key = (await chat.call('POST', '/api/admin/keys', { token: adminKey, body: wanted })).body.key
  await chat.node().log.projected()
  sockets = [agent.token, desk.token].map((token) => chat.connect(token))
})
afterAll(() => chat.close())

const routesUnder = (prefix: string) => {
  const all = chat.node().routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith(prefix))
  return [...new Set(all.map(({ method, path }) => `${method} ${path}`))].sort()
}

/** The text of an answer, or of what a stream begins with. */
async function answerTo(route: string, token: string): Promise<{ status: number; text: string }> {
  const [method = '', path = ''] = route.split(' ')
  const answer = await fetch(`${chat.node().url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(method !== 'GET' && { body: '{}' }),
  })
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  return { status: answer.status, text: await (isStream ? beginningOf(answer) : answer.text()) }
}

async function beginningOf(answer: Response): Promise<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return first?.value ?? ''
}

it('opens nothing of a chat to an agent, a visitor or an API key of another inbox, whichever route they take', async () => {
  const before = await chat.written()
  const routes = routesUnder('/api/chat/sessions/:id').map((route) =>
    route.replace(':id', shop.sessionId).replace(':message', messageId).concat('?q=secretword'),
  )
  for (const token of [agent.token, desk.token, key]) {
    for (const route of routes) {
      const { status, text } = await answerTo(route, token)
      const isRefused = status >= 400 && status < 500
      expect({ route, isRefused, leaks: text.includes(secret) }).toEqual({ route, isRefused: true, leaks: false })
    }
  }
  expect([routes.length >= 10, await chat.written()]).toEqual([true, before])
})

it.each([
  ['without a condition', ''],
  ['by inbox', 'inbox=shop'],
  ['by tag', `tag=${secret.toLowerCase()}`],
  ['by status', 'status=active'],
])('lists an agent the chats of their inboxes alone: %s', async (_, query) => {
  const { status, text } = await answerTo(`GET /api/chat/sessions?${query}`, agent.token)
  const found = JSON.parse(text).sessions.map(({ inbox }: { inbox: string }) => inbox)
  expect([status, found]).toEqual([200, query === '' ? ['default'] : []])
})

it('finds no chat of another inbox by its visitor or by who answers it', async () => {
  const info = (await chat.call('GET', `/api/chat/sessions/${shop.sessionId}`, { token: shop.token })).body
  const queries = [`visitor=${info.visitor.id}`, `agent=${info.agents[0].id}`]
  const answers = await Promise.all(queries.map((query) => answerTo(`GET /api/chat/sessions?${query}`, agent.token)))
  expect(answers.map(({ text }) => JSON.parse(text).sessions)).toEqual([[], []])
})

it('lets nothing of another inbox out by any route that is not about one chat', async () => {
  const routes = [...routesUnder('/api/chat/'), ...routesUnder('/api/admin/')].filter(
    (route) => route.startsWith('GET ') && !route.includes('/sessions/:id'),
  )
  for (const token of [agent.token, desk.token, key]) {
    for (const route of routes) {
      const { text } = await answerTo(`${route.replace(':key', 'default')}?q=secretword`, token)
      expect({ route, leaks: text.includes(secret) }).toEqual({ route, leaks: false })
    }
  }
})

it('lets no socket into a chat of another inbox, and none act in it', async () => {
  const { sessionId } = shop
  const acks = []
  for (const socket of sockets) {
    acks.push(await socket.ask('join_chat', { sessionId }))
    acks.push(await socket.ask('agent_join', { sessionId }))
    acks.push(await socket.ask('send_message', chat.aMessage(sessionId, 'hello')))
    acks.push(await socket.ask('edit_message', { sessionId, messageId, content: 'mine' }))
    acks.push(await socket.ask('message_read', { sessionId, messageId }))
    acks.push(await socket.ask('typing', { sessionId, isTyping: true }))
    acks.push(await socket.ask('close_chat', { sessionId }))
  }
  const codes = [...new Set(acks.map(({ ok, error }) => (ok ? 'ok' : error.code)))].sort()
  // An agent's own status is theirs to know, and so is what happens in the chats of their inbox.
  const isTheirs = (data: object) =>
    Object(data).agentId === agent.id || `${Object(data).sessionIds}` === desk.sessionId
  const ofChats = sockets.map(({ shown }) => shown.filter(({ data }) => !isTheirs(data)))
  expect([codes, ofChats]).toEqual([
    ['forbidden', 'not_found', 'not_joined'],
    [[], []],
  ])
})
