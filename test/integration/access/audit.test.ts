import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry, AuditPage } from '../../../src/contract/audit.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ times: { sweepPrivacy: 100 } })
})
afterAll(() => chat.close())

const audit = async (query = '', token = adminKey): Promise<AuditPage> =>
  (await chat.call('GET', `/api/admin/audit${query}`, { token })).body
const newest = async (): Promise<AuditEntry | undefined> => (await audit('?limit=1')).entries[0]
const entries = () => chat.node().connection.collection('audit')
const admin = (method: string, path: string, body?: unknown, token = adminKey) =>
  chat.call(method, `/api/admin${path}`, { token, body })

it('says who changed what, from where, and how it was before and after', async () => {
  const { id, token } = await chat.agent('Ada', { role: 'admin' })
  await admin('POST', '/inboxes', { key: 'books', name: 'Books', allowedOrigins: ['*'] })
  await admin('PATCH', '/inboxes/books', { name: 'Books and more', greeting: 'Hello' }, token)
  expect(await newest()).toEqual({
    id: expect.stringMatching(/^aud_[0-9a-z]{24}$/),
    at: expect.any(String),
    by: { kind: 'agent', id, name: 'Ada' },
    address: '127.0.0.0/24',
    method: 'PATCH',
    path: '/api/admin/inboxes/books',
    subject: { type: 'inbox', id: 'books' },
    before: { name: 'Books', greeting: null },
    after: { name: 'Books and more', greeting: 'Hello' },
    outcome: 'done',
    status: 200,
  })
})

it('names what was made, and what is there no more', async () => {
  const made = await admin('POST', '/canned', { name: 'Greeting', text: 'Hello' })
  const making = await newest()
  await admin('DELETE', `/canned/${made.body.id}?version=1`)
  const subject = { type: 'canned_response', id: made.body.id }
  const response = expect.objectContaining({ name: 'Greeting', text: 'Hello' })
  expect([making, await newest()]).toMatchObject([
    { subject, before: null, after: response },
    { subject, before: response, after: null },
  ])
})

it('never holds a secret', async () => {
  const { body: key } = await admin('POST', '/keys', { name: 'Shop', scopes: ['admin'] })
  const { body: agent } = await admin('POST', '/agents', {
    name: 'Cy',
    email: 'cy@example.com',
    password: 'a password of Cy',
  })
  await admin('PUT', `/agents/${agent.id}/password`, { password: 'another password of Cy' })
  const { body: invitation } = await admin('POST', `/agents/${agent.id}/invitation`, {})
  const { body: token } = await admin('POST', `/agents/${agent.id}/token`, {})
  const { body: identity } = await admin('POST', '/inboxes/default/identity-keys', { algorithm: 'HS256' })
  const secrets = [key.key.slice(12), 'password of Cy', invitation.token, token.token, identity.secret]
  const held = JSON.stringify(await entries().find().toArray())
  expect(secrets.map((secret) => [typeof secret, held.includes(secret)])).toEqual(secrets.map(() => ['string', false]))
})

it('names a key that made a change', async () => {
  const { body: key } = await admin('POST', '/keys', { name: 'Provisioning', scopes: ['admin'] })
  await admin('POST', '/agents', { name: 'Di', email: 'di@example.com' }, key.key)
  expect(await newest()).toMatchObject({
    by: { kind: 'admin', id: key.id },
    subject: { type: 'agent' },
    outcome: 'done',
  })
})

it('tells what was tried and refused', async () => {
  const { id, token } = await chat.agent('Bo')
  await admin('PATCH', '/inboxes/default', { name: 'Mine' }, token)
  expect(await newest()).toMatchObject({ by: { id }, outcome: 'refused', status: 403, before: {}, after: {} })
})

it('does nothing that it cannot write down', async () => {
  await entries().deleteMany({})
  await entries().createIndex({ method: 1 }, { unique: true, name: 'one of each' })
  const make = (name: string) => admin('POST', '/agents', { name, email: `${name}@example.com` })
  const [written, refused] = [await make('ed'), await make('fay')]
  await entries().dropIndex('one of each')
  const found = await chat.node().connection.collection('agents').countDocuments({ name: 'fay' })
  expect([written.status, refused.status, refused.body.error.code, found]).toEqual([201, 503, 'unavailable', 0])
})

it('finds by who, by what and by when, page by page', async () => {
  const { id, token } = await chat.agent('Eve', { role: 'admin' })
  const { body: made } = await admin('POST', '/agents', { name: 'Flo', email: 'flo@example.com' }, token)
  const from = new Date().toISOString()
  for (const capacity of [1, 2, 3]) await admin('PATCH', `/agents/${made.id}`, { capacity }, token)
  const capacities = ({ entries }: AuditPage) => entries.map(({ after }) => after?.capacity)
  const first = await audit(`?by=${id}&type=agent&id=${made.id}&from=${from}&limit=2`)
  const second = await audit(`?by=${id}&from=${from}&limit=2&cursor=${first.cursor}`)
  const none = await audit(`?by=${id}&to=2020-01-01T00:00:00Z`)
  expect([capacities(first), capacities(second), second.cursor, none.entries]).toEqual([[3, 2], [1], null, []])
})

it.each([
  ['a cursor of another list', '?cursor=abc'],
  ['a kind that there is not', '?type=king'],
  ['a time that is none', '?from=yesterday'],
])('refuses %s', async (_, query) => {
  expect((await chat.call('GET', `/api/admin/audit${query}`, { token: adminKey })).body.error.code).toBe(
    'invalid_input',
  )
})

it('is read by administrators of the whole installation', async () => {
  const ask = async (about: object) => {
    const { token } = await chat.agent('Gus', about)
    return (await chat.call('GET', '/api/admin/audit', { token })).status
  }
  expect([
    await ask({ role: 'admin' }),
    await ask({ role: 'admin', inboxes: ['default'] }),
    await ask({ role: 'supervisor' }),
  ]).toEqual([200, 403, 403])
})

it('holds of a block neither whom nor why, and nothing of a chat that is erased', async () => {
  const { sessionId } = await chat.session({ name: 'Quixana', email: 'quixana@example.com' })
  const { token } = await chat.agent('Hal')
  const path = `/api/chat/sessions/${sessionId}/block`
  await chat.call('POST', path, { token, body: { reason: 'rude words of Quixana' } })
  const entry = await newest()
  const held = JSON.stringify(await entries().find().toArray())
  await chat.node().log.projected()
  await admin('POST', '/privacy/erasures', { email: 'quixana@example.com' })
  const after = async () => (await entries().findOne({ _id: entry?.id as never }))?.after
  await expect.poll(after, { timeout: 10_000 }).toBe(null)
  expect([entry, held.includes('uixana')]).toMatchObject([
    { subject: { type: 'block', id: expect.stringMatching(/^blk_/) }, after: { target: { kind: expect.any(String) } } },
    false,
  ])
})

/** What changes something that is not of the installation, and where that is written down. */
const elsewhere: readonly [prefix: string, where: string][] = [
  ['/api/auth/', 'one’s own account, by whoever is signed in: the log of the process'],
  ['/api/chat/sessions', 'the chat’s log'],
  ['/api/chat/resume', 'nowhere: a link of an email opens its chat'],
  ['/api/chat/upload', 'the chat’s log, once it is sent'],
  ['/api/chat/canned/:id/render', 'nowhere: nothing is changed'],
  ['/api/chat/agents/me/', 'what the agent says of themselves'],
]

const changing = () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE']
  const routes = chat.node().routes.filter(({ method, path }) => methods.includes(method) && path.startsWith('/api/'))
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort()
}

it('has an entry of every changing route, or knows where else it is written down', async () => {
  const { sessionId } = await chat.session()
  const { token } = await chat.agent('Ida', { role: 'admin' })
  const leavesNone: string[] = []
  for (const route of changing()) {
    const [method = '', path = ''] = route.split(' ')
    const isElsewhere = elsewhere.some(([prefix]) => path.startsWith(prefix)) && !path.endsWith('/block')
    if (isElsewhere) continue
    const before = await entries().countDocuments()
    await chat.call(method, path.replace('/sessions/:id', `/sessions/${sessionId}`), { token, body: {} })
    if ((await entries().countDocuments()) !== before + 1) leavesNone.push(route)
  }
  expect([leavesNone, changing().length > 40]).toEqual([[], true])
})
