import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTokens } from '../../../src/access/tokens.ts'
import { VisitorId } from '../../../src/contract/ids.ts'
import { aChat, adminKey, secret, type TestChat } from '../../support/chat.ts'

let chat: TestChat
let time = Date.now()
let kid: string
let key: Uint8Array
beforeAll(async () => {
  chat = await aChat({ now: () => time, limits: { visitorRateLimit: { reads: 1_000, joins: 1_000, changes: 30 } } })
  const made = await chat.call('POST', '/api/admin/inboxes/default/identity-keys', {
    token: adminKey,
    body: { algorithm: 'HS256' },
  })
  kid = made.body.kid
  key = new TextEncoder().encode(made.body.secret)
})
afterAll(() => chat.close())

const minute = 60_000
const proofOf = (sub: string, claims: object = {}) =>
  new SignJWT({ sub, aud: 'default', ...claims })
    .setProtectedHeader({ alg: 'HS256', kid })
    .setIssuedAt(new Date(time))
    .setExpirationTime(new Date(time + 10 * minute))
    .sign(key)

const start = async (body: object = {}, token?: string) =>
  (await chat.call('POST', '/api/chat/sessions', { body, token })).body
const update = (sessionId: string, token: string, body: object) =>
  chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token, body })
const tokenFor = (sessionId: string, token: string) =>
  chat.call('POST', `/api/chat/sessions/${sessionId}/token`, { token })
const sessionsOf = async (visitor: string, token: string, query = '') => {
  await chat.node().log.projected()
  return chat.call('GET', `/api/chat/visitors/${visitor}/sessions${query}`, { token })
}
const ids = ({ body }: { body: { sessions: { sessionId: string }[] } }) =>
  body.sessions.map(({ sessionId }) => sessionId)

it('takes in what a visitor says later, once, and shows it to who answers', async () => {
  const { sessionId, token, visitorId } = await start({ attributes: { plan: 'pro' } })
  const { token: agent } = await chat.agent()
  const [visitor, answering] = [chat.connect(token), chat.connect(agent)]
  await visitor.ask('join_chat', { sessionId })
  await answering.ask('agent_join', { sessionId })
  const facts = { name: 'Ana', email: 'ana@example.com', phone: '+351 21 000', attributes: { seats: 3 } }
  const first = await update(sessionId, token, facts)
  const again = await visitor.ask('update_visitor', { sessionId, ...facts })
  const page = await visitor.ask('update_visitor', { sessionId, page: 'https://shop.example/cart' })
  const shown = { id: visitorId, name: 'Ana', email: 'ana@example.com' }
  const all = { ...shown, phone: '+351 21 000', attributes: { plan: 'pro', seats: 3 } }
  await expect
    .poll(() => answering.frames().flatMap(({ visitor: one }) => one ?? []), { timeout: 10_000 })
    .toEqual([all, { ...all, page: 'https://shop.example/cart' }])
  await visitor.ask('send_message', chat.aMessage(sessionId, 'hello'))
  const said = (await chat.events(sessionId)).at(-1)
  expect([first.body, again, page, said?.actor, visitor.frames().flatMap(({ visitor: one }) => one ?? [])]).toEqual([
    { seq: 3, visitor: shown },
    { ok: true, seq: 3, visitor: shown },
    { ok: true, seq: 4, visitor: { ...shown, page: 'https://shop.example/cart' } },
    { kind: 'visitor', id: visitorId, name: 'Ana' },
    [shown, { ...shown, page: 'https://shop.example/cart' }],
  ])
})

it('lets an agent set right what a visitor said, and neither of them fake a proof', async () => {
  const { sessionId, token } = await start({ email: 'ana@exmaple.com' })
  const agent = await chat.agent()
  const fixed = await update(sessionId, agent.token, { email: 'ana@example.com' })
  await update(sessionId, token, { email: 'ana@exmaple.com', name: 'Ana' })
  const forged = await Promise.all(
    [{ verified: true }, { externalId: '7' }, { proven: ['email'] }, { byAgent: [] }, { id: 'x' }].map((body) =>
      update(sessionId, token, body),
    ),
  )
  const tooMany = await update(sessionId, token, {
    attributes: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`a${n}`, n])),
  })
  const over = await update(sessionId, token, { attributes: { one: 'more' } })
  const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token: agent.token })
  const log = (await chat.events(sessionId)).map(({ type, actor }) => [type, actor.kind])
  const { attributes, ...known } = body.visitor
  expect([fixed.body.visitor.byAgent, known, forged.map(({ status }) => status), tooMany.status, over.status]).toEqual([
    ['email'],
    { id: expect.any(String), name: 'Ana', email: 'ana@example.com', byAgent: ['email'] },
    Array(5).fill(400),
    200,
    400,
  ])
  expect([Object.keys(attributes).length, log]).toEqual([
    50,
    [
      ['session_started', 'visitor'],
      ['visitor_updated', 'agent'],
      ['visitor_updated', 'visitor'],
      ['visitor_updated', 'visitor'],
    ],
  ])
})

it('loses nothing of what several say at once', async () => {
  const { sessionId, token } = await start()
  const { token: agent } = await chat.agent()
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => update(sessionId, n % 2 ? agent : token, { attributes: { [`a${n}`]: n } })),
  )
  const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token: agent })
  const seqs = (await chat.events(sessionId)).map(({ seq }) => seq)
  expect([Object.keys(body.visitor.attributes).length, seqs]).toEqual([12, Array.from({ length: 13 }, (_, n) => n + 1)])
})

it('counts what one person says in a chat', async () => {
  const { sessionId, token } = await start()
  const answers = []
  for (let n = 0; n < 31; n += 1) answers.push(await update(sessionId, token, { name: `Ana ${n}` }))
  const { token: agent } = await chat.agent()
  const other = await update(sessionId, agent, { name: 'Ana' })
  expect([answers.map(({ status }) => status), other.status]).toEqual([[...Array(30).fill(200), 429], 200])
})

it('leads a visitor back to their earlier chats of this inbox, page by page', async () => {
  const first = await start()
  const mine = [first]
  for (let n = 0; n < 3; n += 1) {
    time += 1_000
    mine.unshift(await start({}, first.token))
  }
  const stranger = await start()
  const elsewhere = await start({ inboxKey: 'shop' }, first.token)
  const pages = [await sessionsOf('me', first.token, '?limit=3')]
  pages.push(await sessionsOf('me', first.token, `?limit=3&cursor=${pages[0]?.body.cursor}`))
  const opened = await tokenFor(first.sessionId, mine[0]?.token)
  const info = await chat.call('GET', `/api/chat/sessions/${first.sessionId}`, { token: opened.body.token })
  const refused = [
    await tokenFor(stranger.sessionId, first.token),
    await tokenFor(elsewhere.sessionId, first.token),
    await tokenFor('nonsense', first.token),
    await sessionsOf('me', (await chat.agent()).token),
    await sessionsOf(first.visitorId, stranger.token),
  ]
  expect([pages.map(ids), pages[1]?.body.cursor, info.status, refused.map(({ status }) => status)]).toEqual([
    [mine.slice(0, 3), mine.slice(3)].map((page) => page.map(({ sessionId }) => sessionId)),
    null,
    200,
    [404, 404, 404, 403, 403],
  ])
})

it('leads nowhere from the token of a link, but into its own chat', async () => {
  const first = await start()
  const second = await start({}, first.token)
  const id = VisitorId.parse(first.visitorId)
  const link = await createTokens({ secret }, () => time).forVisitor({ id, session: second.sessionId })
  const next = await start({}, link)
  const refused = [await sessionsOf('me', link), await tokenFor(first.sessionId, link)]
  const own = await chat.call('GET', `/api/chat/sessions/${second.sessionId}`, { token: link })
  expect([refused.map(({ status }) => status), own.status, next.visitorId === first.visitorId]).toEqual([
    [403, 403],
    200,
    false,
  ])
})

it('leads a known customer to their chats from any device, as long as a proof is fresh', async () => {
  const one = await start({ identityToken: await proofOf('customer') })
  time += 1_000
  const two = await start({ identityToken: await proofOf('customer', { name: 'Ana' }) })
  const other = await start({ identityToken: await proofOf('another') })
  const before = await sessionsOf('me', two.token)
  const opened = await tokenFor(one.sessionId, two.token)
  const strangers = await tokenFor(one.sessionId, other.token)
  time += 11 * minute
  const stale = [await sessionsOf('me', two.token), await tokenFor(one.sessionId, opened.body.token)]
  const own = await chat.call('GET', `/api/chat/sessions/${one.sessionId}`, { token: opened.body.token })
  const identityToken = await proofOf('customer')
  const renewed = await chat.call('POST', `/api/chat/sessions/${two.sessionId}/identify`, {
    token: two.token,
    body: { identityToken },
  })
  expect([
    ids(before),
    opened.status,
    strangers.status,
    stale.map(({ body }) => body.error.code),
    own.status,
    ids(await sessionsOf('me', renewed.body.token)),
  ]).toEqual([
    [two.sessionId, one.sessionId],
    201,
    404,
    ['identity_required', 'identity_required'],
    200,
    [two.sessionId, one.sessionId],
  ])
})

it('shows agents a visitor’s chats in their own inboxes', async () => {
  const first = await start()
  const second = await start({ inboxKey: 'shop' }, first.token)
  const about = { name: 'Kim', email: 'kim-of-visitors@example.com', inboxes: ['shop'] }
  const kim = (await chat.call('POST', '/api/admin/agents', { token: adminKey, body: about })).body.id
  const { token } = (await chat.call('POST', `/api/admin/agents/${kim}/token`, { token: adminKey })).body
  const { token: everywhere } = await chat.agent()
  expect([
    ids(await sessionsOf(first.visitorId, token)),
    ids(await sessionsOf(first.visitorId, everywhere)).sort(),
    (await sessionsOf('nonsense', everywhere)).status,
    (await sessionsOf(first.visitorId, everywhere, '?limit=0')).status,
  ]).toEqual([[second.sessionId], [first.sessionId, second.sessionId].sort(), 404, 400])
})
