import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aPdf, upload } from '../../support/files.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

async function aKey(about: object = {}): Promise<{ id: string; key: string }> {
  const body = { name: 'Order bot', scopes: ['chats:write', 'messages:write'], ...about }
  return (await chat.call('POST', '/api/admin/keys', { token: adminKey, body })).body
}

const start = (token: string, body: object = {}, headers: HeadersInit = {}) =>
  chat.call('POST', '/api/chat/sessions', { token, body, headers })

const write = (token: string, session: string, body: object, headers: HeadersInit = {}) =>
  chat.call('POST', `/api/chat/sessions/${session}/messages`, { token, body, headers })

const info = async (session: string) =>
  (await chat.call('GET', `/api/chat/sessions/${session}`, { token: (await chat.agent()).token })).body

const said = async (session: string) =>
  (await chat.events(session)).flatMap((event) =>
    event.type === 'message'
      ? [{ actor: event.actor, content: event.body.content, internal: event.body.internal }]
      : [],
  )

let messages = 0
const named = (body: object) => ({ clientMessageId: `by-key-${(messages += 1)}`, ...body })

const bothScopes = ['chats:write', 'visitors:write']
const ana = { name: 'Ana', email: 'ana@example.com', phone: '+351 1', attributes: { plan: 'gold' }, locale: 'pt-PT' }

describe('a chat that another system starts', () => {
  it('is the visitor’s, stands in the log under the key, and has their token', async () => {
    const { id, key } = await aKey()
    const { status, body } = await start(key, ana)
    const own = await chat.call('GET', `/api/chat/sessions/${body.sessionId}`, { token: body.token })
    const [started] = await chat.events(body.sessionId)
    expect([status, own.status, started?.actor, started?.body]).toEqual([
      201,
      200,
      { kind: 'admin', id },
      { epoch: body.epoch, inbox: 'default', channel: 'api', visitor: { id: body.visitorId, ...ana } },
    ])
  })

  it('has an agent’s word of them from a key that may say who they are', async () => {
    const { key } = await aKey({ scopes: bothScopes })
    const { sessionId } = (await start(key, ana)).body
    const { visitor } = await info(sessionId)
    expect([visitor.byAgent, visitor.verified]).toEqual([['attributes.plan', 'email', 'name', 'phone'], undefined])
  })

  it('is a known customer’s by their external id, whose token opens it alone', async () => {
    const { key } = await aKey({ scopes: bothScopes })
    const first = (await start(key, { ...ana, externalId: 'customer-7' })).body
    const second = (await start(key, { externalId: 'customer-7' })).body
    const { visitor } = await info(first.sessionId)
    const earlier = await chat.call('GET', '/api/chat/visitors/me/sessions', { token: second.token })
    expect({ same: first.visitorId === second.visitorId, visitor, refusal: earlier.body.error.code }).toEqual({
      same: true,
      visitor: {
        ...{ id: first.visitorId, name: ana.name, email: ana.email, phone: ana.phone, locale: ana.locale },
        attributes: ana.attributes,
        ...{ externalId: 'customer-7', verified: true },
        ...{ proven: ['attributes.plan', 'email', 'name'], byAgent: ['phone'] },
      },
      refusal: 'identity_required',
    })
  })

  it('opens in the key’s own inbox, or in the one that is named among several', async () => {
    const { key: one } = await aKey({ inboxes: ['shop'] })
    const { key: both } = await aKey({ inboxes: ['shop', 'default'] })
    const wanted = [start(one), start(both), start(both, { inboxKey: 'default' }), start(one, { inboxKey: 'default' })]
    const answers = await Promise.all(wanted)
    const inboxOf = async ({ body }: { body: { sessionId?: string } }) =>
      body.sessionId ? (await info(body.sessionId)).inbox : null
    const codes = answers.map(({ status, body }) => [status, body.error?.code])
    expect([codes, await Promise.all(answers.map(inboxOf))]).toEqual([
      [
        [201, undefined],
        [400, 'invalid_input'],
        [201, undefined],
        [404, 'not_found'],
      ],
      ['shop', null, 'default', null],
    ])
  })

  it('is one chat for one idempotency key', async () => {
    const { key } = await aKey()
    const once = { 'idempotency-key': 'order-4711' }
    const answers = [await start(key, ana, once), await start(key, ana, once)]
    expect(new Set(answers.map(({ body }) => body.sessionId)).size).toBe(1)
  })

  it('asks for what lets a system in, and for nothing that lets a stranger in', async () => {
    const { key: reader } = await aKey({ scopes: ['chats:read'] })
    const { key } = await aKey()
    await chat.call('PATCH', '/api/admin/inboxes/shop', {
      token: adminKey,
      body: { preChat: [{ key: 'email', label: 'Email', type: 'email', required: true }] },
    })
    const target = { kind: 'email', email: 'mallory@example.com' }
    await chat.call('POST', '/api/admin/blocks', { token: adminKey, body: { target, reason: 'spam' } })
    const answers = [
      await start(reader),
      await start(key, { externalId: 'customer-8' }),
      await start(key, { email: 'mallory@example.com' }),
      await start(key, { inboxKey: 'shop' }, { origin: 'https://elsewhere.example' }),
    ]
    expect(answers.map(({ status, body }) => [status, body.error?.code, body.error?.details])).toEqual([
      [403, 'forbidden', { scope: 'chats:write' }],
      [403, 'forbidden', { scope: 'visitors:write' }],
      [403, 'blocked', undefined],
      [201, undefined, undefined],
    ])
  })
})

describe('a message that another system writes', () => {
  it('is a bot’s, under the key’s name or another, and nobody’s answer', async () => {
    const { id, key } = await aKey()
    const { sessionId, token } = await chat.session()
    await chat.say(sessionId, token, 'Where is it?')
    await write(key, sessionId, named({ content: 'On its way' }))
    await write(key, sessionId, named({ content: 'In Porto', as: { bot: 'Parcels' } }))
    await write(key, sessionId, named({ content: 'Gold customer', isInternal: true }))
    const { status, waitingSince, agents } = await info(sessionId)
    const page = await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
    const shown = page.body.messages.map((message: { senderType: string; senderName: string; content: string }) => [
      message.senderType,
      message.senderName,
      message.content,
    ])
    expect({ status, isWaiting: waitingSince !== null, agents, shown, note: (await said(sessionId)).at(-1) }).toEqual({
      status: 'queued',
      isWaiting: true,
      agents: [],
      shown: [
        ['visitor', 'Ana', 'Where is it?'],
        ['bot', 'Order bot', 'On its way'],
        ['bot', 'Parcels', 'In Porto'],
      ],
      note: { actor: { kind: 'bot', id, name: 'Order bot' }, content: 'Gold customer', internal: true },
    })
  })

  it('is an agent’s answer, by id or by email, who then has the chat if they are online', async () => {
    const { key } = await aKey()
    const agent = await chat.agent('Bo', { capacity: 5, email: 'bo@example.com', inboxes: ['shop'] })
    await chat.call('PUT', '/api/chat/agents/me/status', { token: agent.token, body: { status: 'online' } })
    const { sessionId, token } = await chat.session({ name: 'Ana', email: 'ana@example.com', inboxKey: 'shop' })
    await chat.say(sessionId, token, 'Hello?')
    await write(key, sessionId, named({ content: 'By id', as: { agent: agent.id } }))
    await write(key, sessionId, named({ content: 'By email', as: { agent: 'BO@example.com' } }))
    const actor = { kind: 'agent', id: agent.id, name: 'Bo' }
    const isGiven = async () => (await chat.events(sessionId)).some(({ type }) => type === 'assigned')
    await expect.poll(isGiven, { timeout: 10_000 }).toBe(true)
    expect([(await info(sessionId)).status, (await said(sessionId)).slice(1)]).toEqual([
      'active',
      [
        { actor, content: 'By id', internal: false },
        { actor, content: 'By email', internal: false },
      ],
    ])
  })

  it('is the visitor’s, who then waits, and opens a closed chat again', async () => {
    const { key } = await aKey()
    const { sessionId } = (await start(key, { name: 'Ana' })).body
    await chat.call('POST', `/api/chat/sessions/${sessionId}/close`, { token: key, body: {} })
    const bot = await write(key, sessionId, named({ content: 'Too late' }))
    const visitor = await write(key, sessionId, named({ content: 'Hello?', as: 'visitor' }))
    const { status, waitingSince } = await info(sessionId)
    expect([bot.body.error.code, visitor.status, status, waitingSince !== null]).toEqual([
      'session_closed',
      201,
      'queued',
      true,
    ])
  })

  it('is one message for one name, by its id or by the idempotency key, and each key has names of its own', async () => {
    const [one, other] = [await aKey(), await aKey()]
    const { sessionId } = await chat.session()
    const byId = { content: 'once', clientMessageId: 'order-4711' }
    const once = { 'idempotency-key': 'order-4712' }
    const sent = [
      await write(one.key, sessionId, byId),
      await write(one.key, sessionId, byId),
      await write(one.key, sessionId, { content: 'twice' }, once),
      await write(one.key, sessionId, { content: 'twice' }, once),
      await write(other.key, sessionId, byId),
      await write(one.key, sessionId, { ...byId, as: 'visitor' }),
    ]
    const seqs = sent.map(({ body }) => body.error?.code ?? body.seq)
    expect([seqs, await said(sessionId)]).toMatchObject([
      [2, 2, 3, 3, 4, 'key_conflict'],
      [{}, {}, {}],
    ])
  })

  it('carries a file that the key uploaded for it', async () => {
    const { key } = await aKey()
    const { sessionId, token } = await chat.session()
    const { status, body } = await upload(chat, key, { bytes: aPdf(), name: 'invoice.pdf', sessionId })
    const file = { messageType: 'file', file: { fileId: body.fileId } }
    const stolen = await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body: named(file) })
    const sent = await write(key, sessionId, named({ ...file, as: 'visitor' }))
    const page = await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
    expect([status, stolen.body.error.code, sent.status, page.body.messages[0].file.name]).toEqual([
      201,
      'not_found',
      201,
      'invoice.pdf',
    ])
  })

  it.each([
    ['without a name', { content: 'x', clientMessageId: undefined }, 'invalid_input'],
    ['as nobody', { content: 'x', as: 'admin' }, 'invalid_input'],
    ['as an operator', { content: 'x', as: { agent: { $ne: null } } }, 'invalid_input'],
    ['as an agent who is not there', { content: 'x', as: { agent: 'no@example.com' } }, 'not_found'],
    ['as a bot without a name', { content: 'x', as: { bot: ' ' } }, 'invalid_input'],
    ['as a bot with too long a name', { content: 'x', as: { bot: 'x'.repeat(101) } }, 'invalid_input'],
    ['of too much', { content: 'x'.repeat(10_001) }, 'message_too_long'],
    ['as a visitor in a note', { content: 'x', as: 'visitor', isInternal: true }, 'forbidden'],
  ])('is not written %s', async (_, body, code) => {
    const { key } = await aKey()
    const { sessionId } = await chat.session()
    const before = await chat.written()
    const answer = await write(key, sessionId, named(body))
    expect([answer.body.error.code, await chat.written()]).toEqual([code, before])
  })

  it('is refused as an agent who may not see the chat or is not active, as a blocked visitor, and without the scope', async () => {
    const { key } = await aKey()
    const { key: reader } = await aKey({ scopes: ['chats:read'] })
    const shopping = await chat.agent('Dee', { inboxes: ['shop'] })
    const gone = await chat.agent('Gus')
    await chat.call('POST', `/api/admin/agents/${gone.id}/deactivate`, { token: adminKey, body: {} })
    const { sessionId, token } = await chat.session({ email: 'eve@example.com' })
    const target = { kind: 'email', email: 'eve@example.com' }
    await chat.call('POST', '/api/admin/blocks', { token: adminKey, body: { target, reason: 'spam' } })
    const before = await chat.written()
    const answers = [
      await write(key, sessionId, named({ content: 'x', as: { agent: shopping.id } })),
      await write(key, sessionId, named({ content: 'x', as: { agent: gone.id } })),
      await write(key, sessionId, named({ content: 'x', as: 'visitor' })),
      await write(reader, sessionId, named({ content: 'x' })),
      await write(token, sessionId, named({ content: 'x', as: 'bot' })),
    ]
    expect([answers.map(({ body }) => body.error.code), await chat.written()]).toEqual([
      ['not_found', 'agent_inactive', 'blocked', 'forbidden', 'invalid_input'],
      before,
    ])
  })
})
