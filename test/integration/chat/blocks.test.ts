import { afterEach, expect, it } from 'vitest'
import { aChat, adminKey, aTalk, type ChatClient, type TestChat } from '../../support/chat.ts'

type TestSocket = ChatClient['socket']

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const throughProxy = { config: { trustedProxies: 1 } }
const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip } })
const block = (chat: TestChat, target: object, more: object = {}) =>
  chat.call('POST', '/api/admin/blocks', { token: adminKey, body: { target, reason: 'spam', ...more } })
const starting = async (chat: TestChat, body: object, ip = '192.0.2.1', token?: string) => {
  const answer = await chat.call('POST', '/api/chat/sessions', { body, token, ...from(ip) })
  return answer.body.error?.code ?? answer.status
}
/** Whether a connection is let in. */
const door = (socket: TestSocket) =>
  new Promise((resolve) => {
    socket.once('connect', () => resolve('in'))
    socket.once('connect_error', (error: Error) => resolve('data' in error && error.data))
  })

it('lets no new chat in from a range, a domain or a visitor that is blocked, and writes nothing', async () => {
  const chat = (open = await aChat(throughProxy))
  const { token, visitorId } = await chat.session()
  await block(chat, { kind: 'address', range: '203.0.113.0/24' })
  await block(chat, { kind: 'address', range: '2001:db8::/48' })
  await block(chat, { kind: 'email', email: '*@Spam.example' })
  await block(chat, { kind: 'visitor', visitor: visitorId })
  const before = await chat.written()
  const answers = [
    await starting(chat, {}, '203.0.113.77'),
    await starting(chat, {}, '2001:db8:0:ffff::1'),
    await starting(chat, { email: 'mallory@spam.example' }),
    await starting(chat, {}, '192.0.2.1', token),
  ]
  const others = [await starting(chat, { email: 'ana@example.com' }), await starting(chat, {}, '203.0.114.1')]
  expect([answers, others, (await chat.written()) - before]).toEqual([Array(4).fill('blocked'), [201, 201], 2])
})

it('believes no address that a visitor writes into the header themself', async () => {
  const chat = (open = await aChat(throughProxy))
  await block(chat, { kind: 'address', range: '203.0.113.9' })
  expect(await starting(chat, {}, '192.0.2.1, 203.0.113.9')).toBe('blocked')
})

it('keeps a block to its inbox, and to its time', async () => {
  let now = Date.now()
  const chat = (open = await aChat({ ...throughProxy, now: () => now }))
  const shop = { inboxKey: 'shop' }
  await block(chat, { kind: 'address', range: '203.0.113.9' }, { inbox: 'shop' })
  await block(chat, { kind: 'email', email: 'a@x.example' }, { until: new Date(now + 60_000).toISOString() })
  const early = [
    await starting(chat, shop, '203.0.113.9'),
    await starting(chat, {}, '203.0.113.9'),
    await starting(chat, { email: 'a@x.example' }),
  ]
  now += 60_001
  expect([early, await starting(chat, { email: 'a@x.example' })]).toEqual([['blocked', 201, 'blocked'], 201])
})

it('closes a chat whose visitor an agent blocks, and takes nothing more from them, by any way and at any node', async () => {
  const { chat, sessionId, token, visitor, agent } = await aTalk({ nodes: 2, ...throughProxy })
  open = chat
  const { messageId } = await visitor
    .ask('send_message', chat.aMessage(sessionId, 'rude'))
    .then(({ id }) => ({ messageId: id }))
  const body = { reason: 'rude', address: true }
  const blocked = await chat.call('POST', `/api/chat/sessions/${sessionId}/block`, { token: agent.token, body })
  const written = await chat.written()
  const { sessionId: _, ...message } = chat.aMessage(sessionId, 'again')
  const edit = { content: 'ruder' }
  const byHttp = [
    await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body: message }),
    await chat.call('PATCH', `/api/chat/sessions/${sessionId}/messages/${messageId}`, { token, body: edit }),
    await chat.call('GET', `/api/chat/sessions/${sessionId}/stream`, { token }),
    await chat.call('POST', '/api/chat/sessions', { token, body: {} }),
  ]
  // The other node knows of it a moment later.
  await expect.poll(() => door(chat.connect(token, 1).socket), { timeout: 10_000 }).toMatchObject({ code: 'blocked' })
  await expect.poll(() => visitor.socket.connected, { timeout: 10_000 }).toBe(false)
  const last = (await chat.events(sessionId)).at(-1)
  expect([blocked.status, blocked.body.blocks.map(({ target }: { target: object }) => target)]).toMatchObject([
    201,
    [{ kind: 'visitor' }, { kind: 'address', range: '127.0.0.1' }],
  ])
  expect([byHttp.map((answer) => [answer.status, answer.body.error]), last, await chat.written()]).toMatchObject([
    byHttp.map(() => [403, { code: 'blocked', message: 'New chats and messages are not taken from here.' }]),
    { type: 'session_closed', actor: { id: agent.id }, body: { reason: 'agent' } },
    written,
  ])
})

it('refuses a message on a connection that is still open, and leaves the agents alone', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk({ nodes: 2, times: { cutBlocked: 600_000 } })
  open = chat
  const [started] = await chat.events(sessionId)
  const id = started?.type === 'session_started' ? started.body.visitor.id : ''
  await block(chat, { kind: 'visitor', visitor: id })
  const refused = await visitor.ask('send_message', chat.aMessage(sessionId, 'still here?'))
  const answered = await answering.ask('send_message', chat.aMessage(sessionId, 'goodbye'))
  expect([refused, answered.ok]).toMatchObject([{ ok: false, error: { code: 'blocked' } }, true])
})

it('acknowledges again what was acknowledged before the block', async () => {
  const { chat, sessionId, visitor } = await aTalk({ times: { cutBlocked: 600_000 } })
  open = chat
  const message = chat.aMessage(sessionId, 'before')
  const first = await visitor.ask('send_message', message)
  const [started] = await chat.events(sessionId)
  await block(chat, {
    kind: 'visitor',
    visitor: started?.type === 'session_started' && started.body.visitor.id,
  } as never)
  expect(await visitor.ask('send_message', message)).toEqual(first)
})

it('lists blocks newest first by page, replaces the same target and lifts it', async () => {
  const chat = (open = await aChat(throughProxy))
  for (const range of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) await block(chat, { kind: 'address', range })
  await block(chat, { kind: 'address', range: '::ffff:192.0.2.1/128' }, { reason: 'worse' })
  const page = async (query: string) => (await chat.call('GET', `/api/admin/blocks?${query}`, { token: adminKey })).body
  const first = await page('limit=2')
  const second = await page(`limit=2&cursor=${first.cursor}`)
  const reasons = [...first.blocks, ...second.blocks].map((one) => [one.target.range, one.reason])
  const lifted = await chat.call('DELETE', `/api/admin/blocks/${first.blocks[0].id}`, { token: adminKey })
  const again = await chat.call('DELETE', `/api/admin/blocks/${first.blocks[0].id}`, { token: adminKey })
  expect([reasons, second.cursor, lifted.status, again.status, await starting(chat, {}, '192.0.2.1')]).toEqual([
    [
      ['::ffff:192.0.2.1/128', 'worse'],
      ['192.0.2.3', 'spam'],
      ['192.0.2.2', 'spam'],
    ],
    null,
    204,
    404,
    201,
  ])
})

it('lets supervisors block in their own inboxes alone, agents in a chat, and nobody a continent', async () => {
  const chat = (open = await aChat(throughProxy))
  const staff = async (role: string, inboxes: string[]) => {
    const body = { name: role, email: `${role}@example.com`, role, inboxes }
    const { body: made } = await chat.call('POST', '/api/admin/agents', { token: adminKey, body })
    return (await chat.call('POST', `/api/admin/agents/${made.id}/token`, { token: adminKey })).body.token as string
  }
  const supervisor = await staff('supervisor', ['shop'])
  const agent = await staff('agent', [])
  await block(chat, { kind: 'address', range: '198.51.100.1' })
  const as = (token: string, range: string, inbox: string | null) =>
    chat.call('POST', '/api/admin/blocks', {
      token,
      body: { target: { kind: 'address', range }, reason: 'spam', inbox },
    })
  const answers = [
    await as(supervisor, '192.0.2.1', 'shop'),
    await as(supervisor, '192.0.2.1', 'default'),
    await as(supervisor, '192.0.2.1', null),
    await as(agent, '192.0.2.1', 'shop'),
    await as(adminKey, '192.0.2.1', 'nowhere'),
    await as(adminKey, '0.0.0.0/0', null),
    await as(adminKey, '::/0', null),
    await as(adminKey, '1.2.3', null),
  ]
  const seen = await chat.call('GET', '/api/admin/blocks', { token: supervisor })
  expect([answers.map(({ status }) => status), seen.body.blocks.map(({ inbox }: { inbox: string }) => inbox)]).toEqual([
    [201, 404, 403, 403, 404, 400, 400, 400],
    ['shop'],
  ])
})
