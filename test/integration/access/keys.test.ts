import { afterAll, beforeAll, expect, it } from 'vitest'
import { keyOf } from '../../../src/access/keys/key-text.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
let nowMs = Date.now()
beforeAll(async () => {
  chat = await aChat({ nodes: 2, now: () => nowMs })
})
afterAll(() => chat.close())

const keys = (method: string, path = '', body?: unknown, token = adminKey) =>
  chat.call(method, `/api/admin/keys${path}`, { token, body })

async function aKey(about: object = {}) {
  const { body } = await keys('POST', '', { name: 'Shop', scopes: ['chats:read'], ...about })
  return body
}

const read = (token: string, on = 0) => chat.call('GET', '/api/chat/sessions', { token, on })
const refusal = ({ status, body }: { status: number; body: { error: { code: string; details?: unknown } } }) => ({
  status,
  code: body.error.code,
  details: body.error.details,
})

it('makes a key that is shown once, and keeps a hash of it', async () => {
  const made = await keys('POST', '', { name: 'Shop', scopes: ['chats:read'], inboxes: ['shop'] })
  const { key, ...shown } = made.body
  const found = await keys('GET', `?prefix=${key}`)
  const stored = JSON.stringify(await chat.node().connection.collection('api_keys').find().toArray())
  expect({ status: made.status, shown, found: found.body, isStored: stored.includes(key.slice(12)) }).toEqual({
    status: 201,
    shown: {
      id: expect.stringMatching(/^key_[0-9a-z]{24}$/),
      prefix: key.slice(0, 12),
      name: 'Shop',
      scopes: ['chats:read'],
      inboxes: ['shop'],
      expiresAt: null,
      rateLimit: 600,
      createdAt: expect.any(String),
      createdBy: { kind: 'admin', id: 'key', name: null },
      lastUsedAt: null,
      revokedAt: null,
    },
    found: { keys: [shown] },
    isStored: false,
  })
})

it('opens what its scopes say, and names the scope that is missing', async () => {
  const { sessionId } = await chat.session()
  const { key } = await aKey()
  const { key: admin } = await aKey({ scopes: ['admin'] })
  const path = `/api/chat/sessions/${sessionId}`
  const answers = [
    await read(key),
    await chat.call('GET', path, { token: key }),
    await chat.call('GET', `${path}/messages`, { token: key }),
    await chat.call('PUT', `${path}/tags`, { token: key, body: { tags: ['vip'] } }),
    await chat.call('GET', '/api/admin/agents', { token: key }),
    await chat.call('PATCH', `${path}/visitor`, { token: admin, body: { name: 'Ana Bell' } }),
    await chat.call('GET', '/api/admin/agents', { token: admin }),
  ]
  expect(answers.map(({ status, body }) => [status, body.error?.code, body.error?.details])).toEqual([
    [200, undefined, undefined],
    [200, undefined, undefined],
    [200, undefined, undefined],
    [403, 'forbidden', { scope: 'chats:write' }],
    [403, 'forbidden', { scope: 'admin' }],
    [200, undefined, undefined],
    [200, undefined, undefined],
  ])
})

it('acts under its own name', async () => {
  const { sessionId } = await chat.session()
  const { id, key } = await aKey({ scopes: ['chats:write', 'visitors:write'] })
  const path = `/api/chat/sessions/${sessionId}`
  await chat.call('PATCH', `${path}/visitor`, { token: key, body: { attributes: { plan: 'gold' } } })
  await chat.call('PUT', `${path}/tags`, { token: key, body: { tags: ['vip'] } })
  await chat.call('POST', `${path}/close`, { token: key, body: {} })
  const events = (await chat.events(sessionId)).slice(1)
  const actor = { kind: 'admin', id }
  expect(events.map(({ type, actor }) => ({ type, actor }))).toEqual([
    { type: 'visitor_updated', actor },
    { type: 'tags_changed', actor },
    { type: 'session_closed', actor },
  ])
})

it('sees and touches nothing of another inbox', async () => {
  const { sessionId } = await chat.session({ inboxKey: 'default', name: 'Ana' })
  const { key } = await aKey({ inboxes: ['shop'], scopes: ['chats:read', 'chats:write'] })
  const before = await chat.written()
  const path = `/api/chat/sessions/${sessionId}`
  const answers = [
    await chat.call('GET', path, { token: key }),
    await chat.call('GET', `${path}/transcript`, { token: key }),
    await chat.call('POST', `${path}/close`, { token: key, body: {} }),
    await chat.call('PUT', `${path}/tags`, { token: key, body: { tags: [] } }),
  ]
  const lists = [await read(key), await chat.call('GET', '/api/chat/search?q=ana', { token: key })]
  expect({
    codes: answers.map(({ body }) => body.error.code),
    found: lists.map(({ body }) => JSON.stringify(body).includes(sessionId)),
    written: (await chat.written()) - before,
  }).toEqual({ codes: answers.map(() => 'not_found'), found: [false, false], written: 0 })
})

it('says why a key opens nothing', async () => {
  const expired = await aKey({ expiresAt: new Date(nowMs + 1_000).toISOString() })
  const revoked = await aKey()
  await keys('DELETE', `/${revoked.id}`)
  nowMs += 1_001
  const tried = [expired.key, revoked.key, `${revoked.key.slice(0, -1)}!`, keyOf('a'.repeat(58))]
  expect(await Promise.all(tried.map(async (key) => refusal(await read(key))))).toEqual(
    ['expired', 'revoked', 'malformed', 'unknown'].map((key) => ({
      status: 401,
      code: 'unauthorized',
      details: { key },
    })),
  )
})

it('is heeded by every node within two seconds of a change', async () => {
  const { id, key } = await aKey({ scopes: ['chats:read'] })
  const before = [await read(key, 0), await read(key, 1)]
  await keys('PATCH', `/${id}`, { scopes: ['webhooks'] })
  nowMs += 2_001
  const changed = [await read(key, 0), await read(key, 1)]
  await keys('DELETE', `/${id}`)
  nowMs += 2_001
  const revoked = [await read(key, 0), await read(key, 1)]
  expect([before, changed, revoked].map((answers) => answers.map(({ status }) => status))).toEqual([
    [200, 200],
    [403, 403],
    [401, 401],
  ])
})

it('notes its use at most once a minute', async () => {
  const { id, key } = await aKey()
  const used = async () => {
    await read(key)
    return (await keys('GET', `/${id}`)).body.lastUsedAt
  }
  const first = nowMs
  const seen = [await used()]
  for (const later of [30_000, 30_000]) {
    nowMs += later
    seen.push(await used())
  }
  const at = (ms: number) => new Date(ms).toISOString()
  expect(seen).toEqual([at(first), at(first), at(first + 60_000)])
})

it('has a limit of its own, over all nodes, whatever stands before a route asks as well', async () => {
  const { key } = await aKey({ rateLimit: 3 })
  const answers = []
  for (const on of [0, 1, 0, 1])
    answers.push(
      await chat.call('GET', '/api/chat/sessions', { token: key, on, headers: { origin: 'https://x.example' } }),
    )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
})

it('is for other systems, and no way to be somebody', async () => {
  const { sessionId } = await chat.session()
  const { key } = await aKey({ scopes: ['admin'] })
  const take = await chat.call('POST', `/api/chat/sessions/${sessionId}/take`, { token: key, body: {} })
  const byAddress = await chat.call('GET', `/api/chat/sessions/${sessionId}?token=${key}`)
  const socket = chat.connect(key)
  const refused = await new Promise<Error>((resolve) => socket.socket.once('connect_error', resolve))
  expect([refusal(take), refusal(byAddress), refused.message]).toMatchObject([
    { status: 403, code: 'forbidden' },
    { status: 403, code: 'forbidden' },
    expect.any(String),
  ])
})

it.each([
  ['a scope that there is not', { scopes: ['everything'] }, 'invalid_input'],
  ['no scope', { scopes: [] }, 'invalid_input'],
  ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }, 'invalid_input'],
  ['an inbox that there is not', { inboxes: ['nowhere'] }, 'not_found'],
  ['an administrator of one inbox', { scopes: ['admin'], inboxes: ['shop'] }, 'invalid_input'],
  ['an operator for a name', { name: { $ne: null } }, 'invalid_input'],
])('makes no key with %s', async (_, about, code) => {
  const count = () => chat.node().connection.collection('api_keys').countDocuments()
  const before = await count()
  const { body } = await keys('POST', '', { name: 'X', scopes: ['chats:read'], ...about })
  expect([body.error.code, await count()]).toEqual([code, before])
})

it('does not make an administrator of one inbox by a change either', async () => {
  const { id } = await aKey({ inboxes: ['shop'] })
  const { body } = await keys('PATCH', `/${id}`, { scopes: ['admin'] })
  expect([body.error.code, (await keys('GET', `/${id}`)).body.scopes]).toEqual(['invalid_input', ['chats:read']])
})

it('is made, listed and revoked by administrators alone', async () => {
  const { token: supervisor } = await chat.agent('Sue', { role: 'supervisor' })
  const { token: ofOne } = await chat.agent('Stu', { role: 'admin', inboxes: ['shop'] })
  const { token: admin } = await chat.agent('Ada', { role: 'admin' })
  const { key } = await aKey()
  const wanted = { name: 'Mine', scopes: ['chats:read'] }
  const tried = [supervisor, ofOne, key].map((token) => keys('POST', '', wanted, token))
  const made = await keys('POST', '', wanted, admin)
  expect([(await Promise.all(tried)).map(({ status }) => status), made.body.createdBy]).toMatchObject([
    [403, 403, 403],
    { kind: 'agent', name: 'Ada' },
  ])
})
