import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { aChat, aTalk, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const refusalOf = (socket: { once(event: 'connect_error', listener: (error: Error) => void): unknown }) =>
  new Promise((resolve) => socket.once('connect_error', (error) => resolve('data' in error && error.data)))

it('refuses a connection too many, and leaves the others alone', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ limits: { maxConnections: 2 } })
  open = chat
  const refused = await refusalOf(chat.connect(token).socket)
  const ack = await visitor.ask('send_message', chat.aMessage(sessionId, 'still here'))
  await expect.poll(() => answering.texts(), { timeout: 10_000 }).toEqual(['still here'])
  expect([refused, ack.ok]).toMatchObject([{ code: 'server_full' }, true])
})

it('counts streams like sockets', async () => {
  const chat = (open = await aChat({ limits: { maxConnections: 2 } }))
  const { sessionId, token } = await chat.session()
  const stream = () => fetch(`${chat.node().url}/api/chat/sessions/${sessionId}/stream?token=${token}`)
  const visitor = chat.connect(token)
  await visitor.ask('join_chat', { sessionId })
  const streams = [await stream(), await stream()]
  const refused = await refusalOf(chat.connect(token).socket)
  const ack = await visitor.ask('send_message', chat.aMessage(sessionId, 'still here'))
  await Promise.all(streams.map(({ body }) => body?.cancel()))
  expect([streams.map(({ status }) => status), refused, ack.ok]).toMatchObject([
    [200, 503],
    { code: 'server_full' },
    true,
  ])
})

it('lets a visitor read and join so often in a minute, over all nodes, and agents as often as they like', async () => {
  const limits = { visitorRateLimit: { reads: 2, joins: 3, changes: 30 } }
  const { chat, sessionId, token, agent } = await aTalk({ nodes: 2, limits })
  open = chat
  const read = async (path: string, by: string) =>
    (await chat.call('GET', `/api/chat/sessions/${sessionId}${path}`, { token: by })).status
  const reads = [await read('/messages', token), await read('/search?q=a', token), await read('/messages', token)]
  const others = [
    await read('/messages', agent.token),
    await read('/messages', agent.token),
    await read('/messages', agent.token),
  ]
  const elsewhere = chat.connect(token, 1)
  const joins = []
  for (let n = 0; n < 3; n += 1) joins.push(await elsewhere.ask('join_chat', { sessionId }))
  expect([reads, others, joins]).toMatchObject([
    [200, 200, 429],
    [200, 200, 200],
    [{ ok: true }, { ok: true }, { ok: false, error: { code: 'rate_limited' } }],
  ])
})

it('passes on few of many signs that somebody types, and takes edits for messages', async () => {
  const { chat, sessionId, visitor, answering } = await aTalk({ limits: { messageRateLimit: 2 } })
  open = chat
  const acks = await Promise.all(
    Array.from({ length: 40 }, (_, n) => visitor.ask('typing', { sessionId, isTyping: n % 2 === 0 })),
  )
  const { id: messageId } = await visitor.ask('send_message', chat.aMessage(sessionId, 'hello'))
  const edit = (n: number) => visitor.ask('edit_message', { sessionId, messageId, content: `hello ${n}` })
  const edits = await Promise.all([edit(1), edit(2), edit(3), edit(4)])
  await expect.poll(() => answering.texts(), { timeout: 10_000 }).toEqual(['hello'])
  const seen = answering.shown.filter(({ event }) => event === 'user_typing').length
  expect([acks.every(({ ok }) => ok), seen <= 10, edits.some(({ error }) => error?.code === 'rate_limited')]).toEqual([
    true,
    true,
    true,
  ])
})

it('lets a sender write so many messages a second, whichever node takes them, and others as many', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ nodes: 2, limits: { messageRateLimit: 3 } })
  open = chat
  const elsewhere = chat.connect(token, 1)
  await elsewhere.ask('join_chat', { sessionId })
  const burst = [visitor, elsewhere, visitor, elsewhere, visitor, elsewhere, visitor, elsewhere]
  const sendAll = () => Promise.all(burst.map((by, n) => by.ask('send_message', chat.aMessage(sessionId, `m${n}`))))
  let acks: Awaited<ReturnType<typeof sendAll>> = []
  // Within one second, which a machine that stands still may miss.
  for (let took = Number.POSITIVE_INFINITY; took > 900; ) {
    await wait(1_100)
    const begun = performance.now()
    acks = await sendAll()
    took = performance.now() - begun
  }
  const refused = acks.filter(({ ok }) => !ok)
  const other = await answering.ask('send_message', chat.aMessage(sessionId, 'mine'))
  const again = chat.aMessage(sessionId, 'later')
  await expect.poll(async () => (await visitor.ask('send_message', again)).ok, { timeout: 10_000 }).toBe(true)
  expect([
    acks.length - refused.length,
    other.ok,
    refused.map(({ error }) => [error.code, error.retryAfterMs > 0]),
  ]).toEqual([3, true, refused.map(() => ['rate_limited', true])])
})

it('lets an address start so many chats a minute, and tells it when to come back', async () => {
  open = await aChat({ limits: { sessionRateLimit: { perAddress: 2, perInbox: 100 } } })
  const start = () => fetch(`${open?.node().url}/api/chat/sessions`, { method: 'POST', body: '{}' })
  const answers = [await start(), await start(), await start()]
  const wait = Number(answers.at(-1)?.headers.get('retry-after'))
  expect([answers.map(({ status }) => status), wait > 0 && wait <= 60, await open.written()]).toEqual([
    [201, 201, 429],
    true,
    2,
  ])
})

it('keeps a flood in one inbox from another', async () => {
  open = await aChat({ limits: { sessionRateLimit: { perAddress: 100, perInbox: 1 } } })
  const start = (inboxKey: string) =>
    open?.call('POST', '/api/chat/sessions', { body: { inboxKey }, headers: { origin: 'https://shop.example' } })
  const answers = [await start('default'), await start('default'), await start('shop')]
  expect(answers.map((answer) => answer?.status)).toEqual([201, 429, 201])
})

it('takes no longer message than the installation allows, whoever sends it', async () => {
  const { chat, sessionId, visitor } = await aTalk({ limits: { maxMessageSize: 5 } })
  open = chat
  const acks = [
    await visitor.ask('send_message', chat.aMessage(sessionId, '🙂🙂🙂🙂🙂')),
    await visitor.ask('send_message', chat.aMessage(sessionId, 'sixsix')),
  ]
  expect(acks).toMatchObject([{ ok: true }, { error: { code: 'message_too_long', details: { most: 5 } } }])
})

it('warns a quiet chat and then closes it, once, with two nodes looking', async () => {
  const limits = { sessionTimeout: 2_000, sessionTimeoutWarning: 700 }
  open = await aChat({ nodes: 2, limits })
  const { sessionId } = await open.session()
  const types = async () => (await open?.events(sessionId))?.map(({ type }) => type)
  await expect.poll(types, { timeout: 20_000 }).toEqual(['session_started', 'message', 'session_closed'])
  const [, warning, closing] = (await open.events(sessionId)) ?? []
  expect([warning, closing]).toMatchObject([
    { actor: { kind: 'system', rule: 'timeout-warning' }, body: { messageType: 'system', internal: false } },
    { actor: { kind: 'system', rule: 'timeout' }, body: { reason: 'timeout' } },
  ])
})

it('leaves a chat open in which somebody writes after the warning', async () => {
  let ahead = 0
  const limits = { sessionTimeout: 600_000, sessionTimeoutWarning: 300_000 }
  const { chat, sessionId, visitor } = await aTalk({ limits, now: () => Date.now() + ahead })
  open = chat
  const log = async () => (await chat.events(sessionId)).map((event) => [event.type, event.actor.kind].join(' '))
  const becomes = (events: readonly string[]) => expect.poll(log, { timeout: 20_000 }).toEqual(events)
  const warned = ['session_started visitor', 'agent_joined agent', 'message system']
  ahead += 300_000
  await becomes(warned)
  await visitor.ask('send_message', chat.aMessage(sessionId, 'I am here'))
  const again = [...warned, 'message visitor', 'message system']
  ahead += 300_000
  await becomes(again)
  ahead += 300_000
  await becomes([...again, 'session_closed system'])
})

it('reopens a closed chat for a while, and after that for agents alone', async () => {
  const { chat, sessionId, token, visitor, answering } = await aTalk({ limits: { reopenWithin: 1 } })
  open = chat
  await visitor.ask('close_chat', { sessionId })
  const refused = await visitor.ask('send_message', chat.aMessage(sessionId, 'one more thing'))
  const next = await chat.call('POST', '/api/chat/sessions', { token, body: {} })
  const mine = await chat.call('GET', `/api/chat/sessions/${next.body.sessionId}`, { token: next.body.token })
  const answered = await answering.ask('send_message', chat.aMessage(sessionId, 'I found it'))
  const [started] = await chat.events(sessionId)
  expect([
    refused.error.code,
    mine.body.visitor.id === (started?.type === 'session_started' && started.body.visitor.id),
    answered.ok,
  ]).toEqual(['session_closed', true, true])
})
