import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
let nowMs = Date.now()
beforeAll(async () => {
  chat = await aChat({ nodes: 2, now: () => nowMs })
})
afterAll(() => chat.close())

const hourMs = 3_600_000
let keys = 0
const aName = () => `order-${(keys += 1)}`

/** A POST under an idempotency key, with what it was answered. */
async function post(path: string, key: string, { token = adminKey, body = {} as unknown, on = 0 } = {}) {
  const response = await fetch(`${chat.node(on).url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const isReplayed = response.headers.get('idempotent-replayed') === 'true'
  return { status: response.status, isReplayed, body: text ? JSON.parse(text) : null }
}

const answers = () => chat.node().connection.collection<{ _id: string }>('answers')
const apiKeys = () => chat.node().connection.collection('api_keys').countDocuments()
const wanted = { name: 'Shop', scopes: ['chats:read'] }

/** What a process leaves that ended after its effect and before its answer. */
const crashed = () => answers().updateMany({}, { $set: { sealed: null, until: new Date(0) } })

it('gives a repeat the first answer, at any node, and does it once', async () => {
  const before = await apiKeys()
  const key = aName()
  const first = await post('/api/admin/keys', key, { body: wanted })
  const again = await post('/api/admin/keys', key, { body: wanted, on: 1 })
  expect([first.status, first.isReplayed, again, (await apiKeys()) - before]).toEqual([
    201,
    false,
    { ...first, isReplayed: true },
    1,
  ])
})

it('keeps no secret that an answer tells in plain text', async () => {
  const { body } = await post('/api/admin/keys', aName(), { body: wanted })
  expect(JSON.stringify(await answers().find().toArray())).not.toContain(body.key)
})

it('refuses another request under the same key, and does nothing', async () => {
  const key = aName()
  await post('/api/admin/keys', key, { body: wanted })
  const before = await apiKeys()
  const other = await post('/api/admin/keys', key, { body: { ...wanted, name: 'Other' } })
  expect([other.status, other.body.error.code, (await apiKeys()) - before]).toEqual([409, 'key_conflict', 0])
})

it('tells apart who asks, and where', async () => {
  const { token } = await chat.agent('Ada', { role: 'admin' })
  const key = aName()
  const asked = [
    await post('/api/admin/keys', key, { body: wanted }),
    await post('/api/admin/keys', key, { body: wanted, token }),
    await post('/api/admin/agents', key, { body: { name: 'Cy', email: `${key}@example.com` } }),
  ]
  expect(asked.map(({ status, isReplayed }) => [status, isReplayed])).toEqual([
    [201, false],
    [201, false],
    [201, false],
  ])
})

it('lets a refused request be tried again', async () => {
  const key = aName()
  const refused = await post('/api/admin/keys', key, { body: { name: 'Shop' } })
  const again = await post('/api/admin/keys', key, { body: wanted })
  expect([refused.status, again.status, again.isReplayed]).toEqual([400, 201, false])
})

it('asks to wait while the first is under way', async () => {
  const { sessionId } = await chat.session()
  const { token } = await chat.agent()
  const path = `/api/chat/sessions/${sessionId}/close`
  const key = aName()
  const { watch } = chat.node()
  watch.hold()
  const first = post(path, key, { token })
  await expect.poll(watch.asking).toBeGreaterThan(0)
  const meanwhile = await post(path, key, { token, on: 1 })
  watch.release()
  const done = await first
  const after = await post(path, key, { token })
  expect([meanwhile.body.error, done.status, after]).toEqual([
    { code: 'in_progress', message: expect.any(String), retryAfterMs: 1_000 },
    200,
    { ...done, isReplayed: true },
  ])
})

it('closes a chat once although a process died before it answered, and the chat was opened again since', async () => {
  const { sessionId, token: visitor } = await chat.session()
  const { token } = await chat.agent()
  const path = `/api/chat/sessions/${sessionId}/close`
  const key = aName()
  const first = await post(path, key, { token })
  await crashed()
  await chat.say(sessionId, visitor, 'one more thing')
  const again = await post(path, key, { token })
  const closings = (await chat.events(sessionId)).filter(({ type }) => type === 'session_closed')
  expect([again.body, closings.length]).toEqual([first.body, 1])
})

it('starts a chat once although a process died before it answered', async () => {
  const { token } = await chat.session()
  const body = { name: 'Ana' }
  const key = aName()
  const before = await chat.written()
  const first = await post('/api/chat/sessions', key, { token, body })
  await crashed()
  nowMs += 1_000
  const again = await post('/api/chat/sessions', key, { token, body, on: 1 })
  const opened = await chat.call('GET', `/api/chat/sessions/${first.body.sessionId}`, { token: again.body.token })
  const { token: _first, ...same } = first.body
  expect([again.body, opened.status, (await chat.written()) - before]).toEqual([
    { ...same, token: expect.any(String) },
    200,
    1,
  ])
})

it('sends a message once although a process died before it answered', async () => {
  const { sessionId, token } = await chat.session()
  const path = `/api/chat/sessions/${sessionId}/messages`
  const body = { content: 'hello', clientMessageId: 'message-once' }
  const key = aName()
  const first = await post(path, key, { token, body })
  await crashed()
  const again = await post(path, key, { token, body })
  expect([again.body, (await chat.events(sessionId)).length]).toEqual([first.body, 2])
})

it('does not do again what may have been done, where nothing tells', async () => {
  const key = aName()
  await post('/api/admin/keys', key, { body: wanted })
  await crashed()
  const before = await apiKeys()
  const again = await post('/api/admin/keys', key, { body: wanted })
  expect([again.status, again.body.error.code, (await apiKeys()) - before]).toEqual([409, 'outcome_unknown', 0])
})

it('forgets after a day', async () => {
  const key = aName()
  await post('/api/admin/keys', key, { body: wanted })
  nowMs += 24 * hourMs - 1
  const late = await post('/api/admin/keys', key, { body: wanted })
  nowMs += 2
  const later = await post('/api/admin/keys', key, { body: wanted })
  expect([late.isReplayed, later.isReplayed, later.status]).toEqual([true, false, 201])
})

it.each([
  ['a key of spaces', '/api/admin/keys', { key: 'a b' }, 400, 'invalid_input'],
  ['a key that is too long', '/api/admin/keys', { key: 'a'.repeat(256) }, 400, 'invalid_input'],
  ['nobody', '/api/chat/sessions', { token: 'nonsense' }, 401, 'unauthorized'],
  ['an upload', '/api/chat/upload', {}, 400, 'invalid_input'],
])(
  'refuses %s',
  async (_, path, { key = aName(), token = adminKey }: { key?: string; token?: string }, status, code) => {
    const before = await answers().countDocuments()
    const answer = await post(path, key, { token, body: wanted })
    expect([answer.status, answer.body.error.code, await answers().countDocuments()]).toEqual([status, code, before])
  },
)
