import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aBrowser, anAccount, password } from '../../support/signed-in.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
})
afterAll(() => chat.close())

const slowly = { timeout: 10_000 }
const asked = async (token: string, path: string, index = 0) => {
  const response = await fetch(`${chat.node(index).url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return response.status
}

it('lets a deactivated agent nowhere, cuts their sockets on every node, and lets them in again', async () => {
  const account = await anAccount(chat)
  const browser = await account.browser()
  const tokens = [await browser.token(), (await account.admin('POST', '/token')).body.token as string]
  const sockets = tokens.map((token, index) => chat.connect(token, index).socket)
  await expect.poll(() => sockets.map(({ connected }) => connected), slowly).toEqual([true, true])
  const { body: shown } = await account.admin('POST', '/deactivate')
  await expect.poll(() => sockets.map(({ connected }) => connected), slowly).toEqual([false, false])
  await expect
    .poll(() => Promise.all(tokens.map((token, index) => asked(token, '/api/chat/sessions', index))), slowly)
    .toEqual([401, 401])
  const refused = [
    (await browser.ask('POST', '/api/auth/token')).status,
    (await aBrowser(chat).signIn(account.email)).status,
    (await account.admin('POST', '/token')).body.error.code,
    (await account.admin('POST', '/invitation')).body.error.code,
    (await account.admin('PUT', '/password', { password })).body.error.code,
  ]
  const { body: again } = await account.admin('POST', '/reactivate')
  expect([shown.active, refused, again.active, (await aBrowser(chat).signIn(account.email)).status]).toEqual([
    false,
    [401, 401, 'agent_inactive', 'agent_inactive', 'agent_inactive'],
    true,
    200,
  ])
})

it('goes by the role and the inboxes of now, whatever a token says', async () => {
  const account = await anAccount(chat, { password: undefined, role: 'admin', inboxes: ['default', 'shop'] })
  const { token } = (await account.admin('POST', '/token')).body
  const { sessionId } = await chat.session({ inboxKey: 'shop' })
  const client = chat.connect(token, 1)
  await client.ask('join_chat', { sessionId })
  const before = [await asked(token, '/api/admin/agents'), await asked(token, `/api/chat/sessions/${sessionId}`, 1)]
  await account.admin('PATCH', '', { role: 'agent', inboxes: ['default'] })
  await expect.poll(() => asked(token, '/api/admin/agents'), slowly).toBe(403)
  await expect.poll(() => asked(token, `/api/chat/sessions/${sessionId}`, 1), slowly).toBe(404)
  await expect.poll(async () => (await client.ask('join_chat', { sessionId })).error?.code, slowly).toBe('not_found')
  expect(before).toEqual([200, 200])
})

it('keeps one password, however many set the first at once', async () => {
  const account = await anAccount(chat, { password: undefined })
  const set = (secret: string) => account.admin('PUT', '/password', { password: secret })
  const answers = await Promise.all([set(password), set(password), set(password)])
  const ways = await chat.node().connection.collection('signInWays').countDocuments({ userId: account.id })
  expect([answers.map(({ status }) => status), ways, (await aBrowser(chat).signIn(account.email)).status]).toEqual([
    [204, 204, 204],
    1,
    200,
  ])
})

it('changes what is named and leaves the rest', async () => {
  const account = await anAccount(chat, { password: undefined, role: 'supervisor', skills: ['billing'], capacity: 9 })
  const { body } = await account.admin('PATCH', '', { name: 'Bonnie' })
  expect(body).toEqual({
    id: account.id,
    name: 'Bonnie',
    email: account.email,
    role: 'supervisor',
    capacity: 9,
    skills: ['billing'],
    teams: [],
    inboxes: [],
    priority: 0,
    status: 'offline',
    statusSince: expect.any(String),
    takes: 9,
    chats: 0,
    active: true,
    createdAt: expect.any(String),
  })
})

it('lists agents by team, skill and status', async () => {
  await anAccount(chat, { password: undefined, name: 'One', teams: ['night'], skills: ['french'] })
  await anAccount(chat, { password: undefined, name: 'Two', teams: ['night'] })
  const names = async (query: string) => {
    const { status, body } = await chat.call('GET', `/api/admin/agents?${query}`, { token: adminKey })
    return body.agents?.map(({ name }: { name: string }) => name) ?? [status, body.error.code]
  }
  expect([
    await names('team=night'),
    await names('team=night&skill=french'),
    await names('team=night&status=online'),
    await names('status=asleep'),
    await names('team[$ne]=night'),
  ]).toEqual([['One', 'Two'], ['One'], [], [400, 'invalid_input'], [400, 'invalid_input']])
})

it('asks for the rights that each thing needs', async () => {
  const roles = await Promise.all(
    ['agent', 'supervisor', 'admin'].map(async (role) =>
      (await anAccount(chat, { password: undefined, role })).admin('POST', '/token'),
    ),
  )
  const answers = await Promise.all(roles.map(({ body }) => asked(body.token, '/api/admin/agents')))
  expect(answers).toEqual([403, 403, 200])
})

it('lets a token go with its session when that has run its week', async () => {
  const account = await anAccount(chat)
  const token = await (await account.browser()).token()
  const before = await asked(token, '/api/chat/sessions')
  const sessions = chat.node().connection.collection('signInSessions')
  await sessions.updateOne({ userId: account.id }, { $set: { expiresAt: new Date() } })
  await expect.poll(() => asked(token, '/api/chat/sessions'), slowly).toBe(401)
  expect(before).toBe(200)
})
