import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
})
afterAll(() => chat.close())

const aKey = () => crypto.randomUUID()
const start = (body: object, on = 0) => chat.call('POST', '/api/chat/sessions', { body, on })
const infoOf = (sessionId: string, token: string) => chat.call('GET', `/api/chat/sessions/${sessionId}`, { token })

it('begins one chat however often a visitor asks with one key, at any node, whatever else they say by then', async () => {
  const startKey = aKey()
  const [first, again] = await Promise.all([start({ startKey, name: 'Ana' }), start({ startKey, name: 'Ana' }, 1)])
  const later = await start({ startKey, name: 'Ana Bell', page: 'https://shop.example/cart' }, 1)
  const { sessionId, visitorId } = first.body
  const info = await infoOf(sessionId, later.body.token)
  expect([again.body.sessionId, later.status, later.body, info.body.visitor.name]).toMatchObject([
    sessionId,
    201,
    { sessionId, visitorId },
    'Ana',
  ])
})

it('begins another with another key, and with none', async () => {
  const all = [await start({ startKey: aKey() }), await start({ startKey: aKey() }), await start({}), await start({})]
  expect(new Set(all.map(({ body }) => body.sessionId)).size).toBe(4)
})

it('takes no key that somebody might guess', async () => {
  const { status, body } = await start({ startKey: 'order-4711' })
  expect([status, body.error.details]).toMatchObject([400, [{ path: 'startKey' }]])
})

it('leads whoever asks again without their proof to no other chat of a known customer', async () => {
  const { body: key } = await chat.call('POST', '/api/admin/inboxes/default/identity-keys', {
    token: adminKey,
    body: { algorithm: 'HS256' },
  })
  const identityToken = await new SignJWT({ sub: 'customer-1', aud: 'default' })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(key.secret))
  const startKey = aKey()
  const [proven, unproven] = [await start({ startKey, identityToken }), await start({ startKey })]
  await chat.node().log.projected()
  const list = (token: string) => chat.call('GET', '/api/chat/visitors/me/sessions', { token })
  expect([
    unproven.body.sessionId,
    (await infoOf(unproven.body.sessionId, unproven.body.token)).status,
    (await list(proven.body.token)).status,
    (await list(unproven.body.token)).status,
  ]).toEqual([proven.body.sessionId, 200, 200, 401])
})
