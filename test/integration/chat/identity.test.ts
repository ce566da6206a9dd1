import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aSite, refusal, type SecretKey, signed } from '../../support/identity.ts'

let chat: TestChat
let site: ReturnType<typeof aSite>
/** Of the default inbox. */
let hs: SecretKey
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
  site = aSite(chat)
  hs = await site.secretKey()
})
afterAll(() => chat.close())

it('makes a running chat the customer’s, and leaves the earlier chats of that browser alone', async () => {
  const earlier = (await site.start({ name: 'Annie' })).body
  const running = (await site.start({ name: 'Annie', email: 'annie@home.example' }, earlier.token)).body
  const answer = await site.identify(running.sessionId, running.token, await signed(hs, { sub: 'runner', name: 'Ana' }))
  const again = await site.identify(
    running.sessionId,
    answer.body.token,
    await signed(hs, { sub: 'runner', name: 'Ana' }),
  )
  const { token: agent } = await chat.agent()
  expect([
    running.visitorId === earlier.visitorId,
    answer.body.visitorId === running.visitorId,
    [answer.body.seq, again.body.seq],
    (await site.show(running.sessionId, agent)).visitor,
    (await site.show(earlier.sessionId, agent)).visitor,
    (await chat.call('GET', `/api/chat/sessions/${running.sessionId}`, { token: running.token })).status,
    (await chat.call('GET', `/api/chat/sessions/${earlier.sessionId}`, { token: earlier.token })).status,
    (await chat.events(running.sessionId)).map(({ type, actor }) => [type, 'id' in actor && actor.id]),
  ]).toEqual([
    true,
    false,
    [2, 2],
    {
      id: answer.body.visitorId,
      name: 'Ana',
      email: 'annie@home.example',
      externalId: 'runner',
      verified: true,
      proven: ['name'],
    },
    { id: earlier.visitorId, name: 'Annie' },
    404,
    200,
    [
      ['session_started', running.visitorId],
      ['visitor_updated', answer.body.visitorId],
    ],
  ])
})

it('never gives a chat that is one customer’s to another, even when both prove themselves at once', async () => {
  const { sessionId, token } = (await site.start({})).body
  const tokens = await Promise.all(['rival-a', 'rival-b', 'rival-c', 'rival-d'].map((sub) => signed(hs, { sub })))
  const answers = await Promise.all(tokens.map((one) => site.identify(sessionId, token, one)))
  const [won] = answers.filter(({ status }) => status === 200)
  const late = await site.identify(sessionId, won?.body.token, await signed(hs, { sub: 'rival-late' }))
  const { token: agent } = await chat.agent()
  const lost = answers.filter(({ status }) => status !== 200).map(refusal)
  expect([lost.length, lost.filter(([status]) => status !== 403 && status !== 404), refusal(late)]).toEqual([
    3,
    [],
    [403, 'forbidden'],
  ])
  expect((await site.show(sessionId, agent)).visitor.id).toBe(won?.body.visitorId)
})

it('does not make a customer of whoever only has an earlier token of theirs, nor of who claims their email', async () => {
  const known = (await site.start({ identityToken: await signed(hs, { sub: 'owner', email: 'owner@shop.example' }) }))
    .body
  const byToken = (await site.start({}, known.token)).body
  const byEmail = (await site.start({ email: 'owner@shop.example' })).body
  const { token: agent } = await chat.agent()
  const visitors = await Promise.all(
    [byToken, byEmail].map(async ({ sessionId }) => (await site.show(sessionId, agent)).visitor),
  )
  expect([visitors.map(({ id }) => id === known.visitorId), visitors.map(({ verified }) => verified)]).toEqual([
    [false, false],
    [undefined, undefined],
  ])
})

it('asks for a proof where the inbox demands one', async () => {
  const inboxes = chat.node().connection.collection<{ _id: string }>('inboxes')
  const { _id: _, ...like } = (await inboxes.findOne({ _id: 'default' })) ?? { _id: '' }
  await inboxes.insertOne({ _id: 'members', ...like, identityRequired: true } as never)
  await expect.poll(async () => (await site.start({ inboxKey: 'members' })).status, { timeout: 10_000 }).toBe(401)
  const key = await site.secretKey('members')
  const anonymous = await site.start({ inboxKey: 'members', name: 'Ana' })
  const proven = await site.start({ inboxKey: 'members', identityToken: await signed(key, { aud: 'members' }) })
  const again = await site.start({ inboxKey: 'members' }, proven.body.token)
  expect([anonymous, again].map(refusal)).toEqual(Array(2).fill([401, 'identity_required']))
  expect(proven.status).toBe(201)
})

it('takes what is proven for an answer to what the inbox asks before a chat', async () => {
  const preChat = [{ key: 'email', label: 'Your email', type: 'email', required: true }]
  const change = (body: object) => chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body })
  await change({ preChat })
  const identityToken = await signed(hs, { sub: 'asked', email: 'asked@shop.example' })
  const answers = [
    await site.start({ identityToken }),
    await site.start({ identityToken: await signed(hs) }),
    await site.start({}),
  ]
  await change({ preChat: [] })
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 400])
})

it('identifies over the socket: that connection goes on, those with the old token end', async () => {
  const { sessionId, token } = (await site.start({ name: 'Annie' })).body
  const [own, other] = [chat.connect(token), chat.connect(token, 1)]
  for (const client of [own, other]) await client.ask('join_chat', { sessionId })
  const sent = chat.aMessage(sessionId, 'before')
  const before = await own.ask('send_message', sent)
  const ack = await own.ask('identify', { sessionId, identityToken: await signed(hs, { sub: 'socket', name: 'Ana' }) })
  const again = await own.ask('send_message', sent)
  const edited = await own.ask('edit_message', { sessionId, messageId: before.id, content: 'before, mended' })
  await own.ask('send_message', chat.aMessage(sessionId, 'after'))
  await expect
    .poll(() => other.shown.filter(({ event }) => event === 'access_ended').map(({ data }) => data), {
      timeout: 10_000,
    })
    .toEqual([{ sessionId }])
  const refused = await other.ask('send_message', chat.aMessage(sessionId, 'too late'))
  const renewed = chat.connect(ack.token, 1)
  await renewed.ask('join_chat', { sessionId, afterSeq: 0 })
  await expect.poll(() => renewed.texts(), { timeout: 10_000 }).toEqual(['before', 'after'])
  const log = (await chat.events(sessionId)).map(({ type, actor }) => [type, 'name' in actor && actor.name])
  expect([ack.ok, again.id === before.id, edited.ok, refused.error.code, other.texts(), log]).toEqual([
    true,
    true,
    true,
    'not_joined',
    ['before'],
    [
      ['session_started', 'Annie'],
      ['message', 'Annie'],
      ['visitor_updated', 'Ana'],
      ['message_edited', 'Ana'],
      ['message', 'Ana'],
    ],
  ])
})

const block = (target: object) =>
  chat.call('POST', '/api/admin/blocks', { token: adminKey, body: { target, reason: 'spam' } })
const knownAs = (externalId: string) => chat.node().connection.collection('visitors').countDocuments({ externalId })

it('takes no proof and no email of who is blocked, by request and by socket, and writes nothing', async () => {
  const barred = (await site.start({ identityToken: await signed(hs, { sub: 'barred' }) })).body
  await block({ kind: 'visitor', visitor: barred.visitorId })
  await block({ kind: 'email', email: '*@spam.example' })
  const { sessionId, token } = (await site.start({})).body
  const client = chat.connect(token)
  await client.ask('join_chat', { sessionId })
  const proofs = [
    await signed(hs, { sub: 'barred' }),
    await signed(hs, { sub: 'spammer', email: 'mallory@spam.example' }),
  ]
  const email = 'mallory@spam.example'
  const written = await chat.written()
  const answers = [
    ...(await Promise.all(proofs.map((proof) => site.identify(sessionId, token, proof)))).map(({ body }) => body),
    ...(await Promise.all(proofs.map((identityToken) => client.ask('identify', { sessionId, identityToken })))),
    (await chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token, body: { email } })).body,
    await client.ask('update_visitor', { sessionId, email }),
    (await site.start({ identityToken: proofs[1] })).body,
  ]
  expect([answers.map(({ error }) => error?.code), await chat.written(), await knownAs('spammer')]).toEqual([
    Array(7).fill('blocked'),
    written,
    0,
  ])
  const { token: agent } = await chat.agent()
  const byAgent = await chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token: agent, body: { email } })
  expect(byAgent.status).toBe(200)
})

it('ends a stream whose token opens the chat no longer', async () => {
  const { sessionId, token } = (await site.start({})).body
  const response = await fetch(`${chat.node(1).url}/api/chat/sessions/${sessionId}/stream?token=${token}`)
  const read = response.text()
  await site.identify(sessionId, token, await signed(hs, { sub: 'streamer', name: 'SECRET' }))
  expect(await read).not.toContain('SECRET')
})
