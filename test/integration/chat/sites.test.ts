import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
const sockets: Socket[] = []
beforeAll(async () => {
  chat = await aChat()
})
afterAll(async () => {
  for (const socket of sockets) socket.close()
  await chat.close()
})

const shop = 'https://shop.example'
const own = 'https://chat.example'
const elsewhere = 'https://elsewhere.example'
/** None: an app or a server. */
const origins = [shop, own, undefined, elsewhere, 'null', `${shop}.evil.example`, 'http://shop.example']
const allowed = [true, true, true, false, false, false, false]

const inShop = () => chat.session({ inboxKey: 'shop', name: 'Ana' })

/** How a handshake ends: `connect`, or the code of the refusal. */
function handshake(token: string, origin: string | undefined): Promise<unknown> {
  const socket = io(chat.node().url, {
    auth: { token },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(origin !== undefined && { extraHeaders: { origin } }),
  })
  sockets.push(socket)
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connect'))
    socket.on('connect_error', (error) => resolve('data' in error ? Object(error.data).code : error.message))
  })
}

const ask = async (path: string, init: { token?: string; origin?: string | undefined; method?: string }) => {
  const answer = await fetch(`${chat.node().url}${path}`, {
    method: init.method ?? 'GET',
    headers: {
      ...(init.origin !== undefined && { origin: init.origin }),
      ...(init.token && { authorization: `Bearer ${init.token}` }),
    },
  })
  const told = { status: answer.status, readableBy: answer.headers.get('access-control-allow-origin') }
  await answer.body?.cancel()
  return told
}

it('lets a visitor’s socket in from the sites of their inbox alone', async () => {
  const { token } = await inShop()
  const ends = await Promise.all(origins.map((origin) => handshake(token, origin)))
  expect(ends).toEqual(allowed.map((is) => (is ? 'connect' : 'forbidden')))
})

it('goes by what the inbox allows now, not by what it allowed when the chat began', async () => {
  const body = { key: 'moving', name: 'Moving', allowedOrigins: ['*'] }
  await chat.call('POST', '/api/admin/inboxes', { token: adminKey, body })
  const { token } = await chat.session({ inboxKey: 'moving' })
  const before = await handshake(token, elsewhere)
  await chat.call('PATCH', '/api/admin/inboxes/moving', { token: adminKey, body: { allowedOrigins: [shop] } })
  expect([before, await handshake(token, elsewhere), await handshake(token, shop)]).toEqual([
    'connect',
    'forbidden',
    'connect',
  ])
})

it('binds an agent’s socket to no site', async () => {
  const { token } = await chat.agent()
  expect(await handshake(token, elsewhere)).toBe('connect')
})

it.each(['', '/messages', '/search?q=a'])('hands a chat to the sites of its inbox alone: %s', async (path) => {
  const { sessionId, token } = await inShop()
  const answers = await Promise.all(
    origins.map((origin) => ask(`/api/chat/sessions/${sessionId}${path}`, { token, origin })),
  )
  expect(answers.map(({ status }) => status)).toEqual(allowed.map((is) => (is ? 200 : 403)))
})

it('hands a stream to the sites of its inbox alone, whose token stands in the address', async () => {
  const { sessionId, token } = await inShop()
  const path = `/api/chat/sessions/${sessionId}/stream?token=${token}`
  const answers = await Promise.all([shop, elsewhere].map((origin) => ask(path, { origin })))
  expect(answers.map(({ status }) => status)).toEqual([200, 403])
})

it('writes nothing for a site that may not speak for the visitor', async () => {
  const { sessionId, token } = await inShop()
  const before = await chat.written()
  const closing = { token, origin: elsewhere, method: 'POST' }
  const { status } = await ask(`/api/chat/sessions/${sessionId}/close`, closing)
  expect([status, await chat.written()]).toEqual([403, before])
})

it('tells of an inbox to its own sites alone, and a refused one may read why', async () => {
  const answers = await Promise.all(
    [shop, undefined, elsewhere].map((origin) => ask('/api/chat/inboxes/shop', { origin })),
  )
  expect(answers).toEqual([
    { status: 200, readableBy: shop },
    { status: 200, readableBy: null },
    { status: 403, readableBy: elsewhere },
  ])
})
