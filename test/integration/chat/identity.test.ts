import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIdentityKeys } from '../../../src/chat/identity/identity-keys.ts'
import { createIds } from '../../../src/platform/ids.ts'
import { createSealedSecrets } from '../../../src/platform/sealed-secrets.ts'
import { aChat, adminKey, secret, type TestChat } from '../../support/chat.ts'

let chat: TestChat
/** Of the default inbox. */
let hs: Key & { secret: string }
beforeAll(async () => {
  chat = await aChat({ nodes: 2 })
  hs = await aSecretKey()
})
afterAll(() => chat.close())

type SigningKey = Parameters<SignJWT['sign']>[0]
interface Key {
  kid: string
  alg: string
  key: SigningKey
}

const keys = (inbox = 'default') => `/api/admin/inboxes/${inbox}/identity-keys`
const bytes = (text: string) => new TextEncoder().encode(text)

async function aSecretKey(inbox = 'default', more: object = {}): Promise<Key & { secret: string }> {
  const { body } = await chat.call('POST', keys(inbox), { token: adminKey, body: { algorithm: 'HS256', ...more } })
  return { kid: body.kid, alg: 'HS256', key: bytes(body.secret), secret: body.secret }
}

async function aKeyPair(algorithm: 'RS256' | 'EdDSA', form: 'pem' | 'jwk', inbox = 'default') {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const given = form === 'pem' ? await exportSPKI(publicKey) : { ...(await exportJWK(publicKey)) }
  const { body } = await chat.call('POST', keys(inbox), { token: adminKey, body: { algorithm, publicKey: given } })
  return {
    kid: body.kid as string,
    alg: algorithm,
    key: privateKey as SigningKey,
    publicKey,
    pem: await exportSPKI(publicKey),
  }
}

const now = () => Math.floor(Date.now() / 1_000)

type Claims = { [C in keyof JWTPayload]: JWTPayload[C] | undefined }

/** A token of the site's backend, right in all but what is named. `undefined` leaves a claim out. */
function signed({ kid, alg, key }: Key, claims: Claims = {}, header: object = {}) {
  const all = { sub: 'customer-1', aud: 'default', iat: now(), exp: now() + 300, ...claims }
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return new SignJWT(said).setProtectedHeader({ alg, kid, ...header }).sign(key, { crit: { x: true } })
}

const start = (body: object, token?: string) => chat.call('POST', '/api/chat/sessions', { body, token })
const show = async (sessionId: string, token: string) =>
  (await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token })).body
const identify = (sessionId: string, token: string, identityToken: string) =>
  chat.call('POST', `/api/chat/sessions/${sessionId}/identify`, { token, body: { identityToken } })
const refusal = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code]

it('knows a customer by a key of each algorithm, on any device as one visitor', async () => {
  const all = [
    hs,
    await aKeyPair('RS256', 'pem'),
    await aKeyPair('RS256', 'jwk'),
    await aKeyPair('EdDSA', 'pem'),
    await aKeyPair('EdDSA', 'jwk'),
  ]
  const said = { sub: 'one of all', name: 'Ana', email: 'ana@shop.example', attributes: { plan: 'pro' } }
  const started = []
  for (const key of all) started.push(await start({ name: 'Nobody', identityToken: await signed(key, said) }))
  const { token: agent } = await chat.agent()
  const first = started[0]?.body
  const asAgent = await show(first.sessionId, agent)
  const asVisitor = await show(first.sessionId, first.token)
  const shown = { id: first.visitorId, name: 'Ana', email: 'ana@shop.example' }
  expect([started.map(({ status }) => status), new Set(started.map(({ body }) => body.visitorId)).size]).toEqual([
    Array(5).fill(201),
    1,
  ])
  expect([asAgent.visitor, asVisitor.visitor]).toEqual([
    {
      ...shown,
      attributes: { plan: 'pro' },
      externalId: 'one of all',
      verified: true,
      proven: ['attributes.plan', 'email', 'name'],
    },
    shown,
  ])
})

it('refuses every token that is not by a known key, by its algorithm, for this inbox and of today', async () => {
  const rs = await aKeyPair('RS256', 'pem')
  const ed = await aKeyPair('EdDSA', 'pem')
  const shop = await aSecretKey('shop')
  const stranger = { ...hs, key: bytes('another secret, quite as long as the real one') }
  const claims = { sub: 'x', aud: 'default', iat: now(), exp: now() + 300 }
  const unsigned = new UnsecuredJWT(claims).encode()
  const none = `${Buffer.from(JSON.stringify({ alg: 'none', kid: hs.kid })).toString('base64url')}.${unsigned.split('.')[1]}.`
  const whole = await signed(hs)
  const wrong: [string, string | Promise<string>][] = [
    ['another secret', signed(stranger)],
    ['no key that is known', signed({ ...hs, kid: 'unknown' })],
    ['a kid that is no text', signed(hs, {}, { kid: { $ne: null } as never })],
    ['no kid', signed({ ...hs, kid: undefined as never })],
    ['HS256 with the public key for its secret', signed({ kid: rs.kid, alg: 'HS256', key: bytes(rs.pem) })],
    ['HS256 with the kid of an EdDSA key', signed({ kid: ed.kid, alg: 'HS256', key: bytes(ed.pem) })],
    ['RS256 with the kid of a secret', signed({ ...rs, kid: hs.kid })],
    ['another hash', signed({ ...hs, alg: 'HS512', key: bytes(hs.secret.repeat(2)) })],
    ['no signature', unsigned],
    ['alg none with a known kid', none],
    ['a signature cut off', `${whole.split('.').slice(0, 2).join('.')}.`],
    [
      'other claims under its signature',
      whole.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`),
    ],
    ['the key of another inbox', signed(shop, { aud: 'default' })],
    ['another inbox', signed(hs, { aud: 'shop' })],
    ['no audience', signed(hs, { aud: undefined })],
    ['no subject', signed(hs, { sub: undefined })],
    ['a blank subject', signed(hs, { sub: ' ' })],
    ['a subject that is no text', signed(hs, { sub: { $ne: null } as never })],
    ['no end', signed(hs, { exp: undefined })],
    ['no beginning', signed(hs, { iat: undefined })],
    ['an end in the past', signed(hs, { iat: now() - 300, exp: now() - 61 })],
    ['an end too far ahead', signed(hs, { exp: now() + 24 * 3_600 + 90 })],
    ['a beginning in the future', signed(hs, { iat: now() + 90 })],
    ['a beginning two days ago', signed(hs, { iat: now() - 48 * 3_600 })],
    ['a time before which it does not count', signed(hs, { nbf: now() + 90 })],
    ['an email that is none', signed(hs, { email: 'nobody' })],
    ['attributes that are none', signed(hs, { attributes: { a: { $gt: '' } } })],
    ['an extension that nobody knows', signed(hs, {}, { crit: ['x'], x: 1 })],
    ['our own token', (await start({})).body.token],
    ['rubbish', 'rubbish'],
  ]
  const before = await chat.written()
  const answers = []
  for (const [what, token] of wrong) answers.push([what, ...refusal(await start({ identityToken: await token }))])
  expect([answers, (await chat.written()) - before]).toEqual([
    wrong.map(([what]) => [what, 401, 'identity_invalid']),
    0,
  ])
})

it('takes clocks that differ by less than a minute', async () => {
  const answers = [
    await start({ identityToken: await signed(hs, { iat: now() + 30, exp: now() + 60 }) }),
    await start({ identityToken: await signed(hs, { iat: now() - 300, exp: now() - 30 }) }),
    await start({ identityToken: await signed(hs, { exp: now() + 24 * 3_600 }) }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
})

it('makes a running chat the customer’s, and leaves the earlier chats of that browser alone', async () => {
  const earlier = (await start({ name: 'Annie' })).body
  const running = (await start({ name: 'Annie', email: 'annie@home.example' }, earlier.token)).body
  const answer = await identify(running.sessionId, running.token, await signed(hs, { sub: 'runner', name: 'Ana' }))
  const again = await identify(running.sessionId, answer.body.token, await signed(hs, { sub: 'runner', name: 'Ana' }))
  const { token: agent } = await chat.agent()
  expect([
    running.visitorId === earlier.visitorId,
    answer.body.visitorId === running.visitorId,
    [answer.body.seq, again.body.seq],
    (await show(running.sessionId, agent)).visitor,
    (await show(earlier.sessionId, agent)).visitor,
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
  const { sessionId, token } = (await start({})).body
  const tokens = await Promise.all(['rival-a', 'rival-b', 'rival-c', 'rival-d'].map((sub) => signed(hs, { sub })))
  const answers = await Promise.all(tokens.map((one) => identify(sessionId, token, one)))
  const [won] = answers.filter(({ status }) => status === 200)
  const late = await identify(sessionId, won?.body.token, await signed(hs, { sub: 'rival-late' }))
  const { token: agent } = await chat.agent()
  const lost = answers.filter(({ status }) => status !== 200).map(refusal)
  expect([lost.length, lost.filter(([status]) => status !== 403 && status !== 404), refusal(late)]).toEqual([
    3,
    [],
    [403, 'forbidden'],
  ])
  expect((await show(sessionId, agent)).visitor.id).toBe(won?.body.visitorId)
})

it('does not make a customer of whoever only has an earlier token of theirs, nor of who claims their email', async () => {
  const known = (await start({ identityToken: await signed(hs, { sub: 'owner', email: 'owner@shop.example' }) })).body
  const byToken = (await start({}, known.token)).body
  const byEmail = (await start({ email: 'owner@shop.example' })).body
  const { token: agent } = await chat.agent()
  const visitors = await Promise.all(
    [byToken, byEmail].map(async ({ sessionId }) => (await show(sessionId, agent)).visitor),
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
  await expect.poll(async () => (await start({ inboxKey: 'members' })).status, { timeout: 10_000 }).toBe(401)
  const key = await aSecretKey('members')
  const anonymous = await start({ inboxKey: 'members', name: 'Ana' })
  const proven = await start({ inboxKey: 'members', identityToken: await signed(key, { aud: 'members' }) })
  const again = await start({ inboxKey: 'members' }, proven.body.token)
  expect([anonymous, again].map(refusal)).toEqual(Array(2).fill([401, 'identity_required']))
  expect(proven.status).toBe(201)
})

it('takes what is proven for an answer to what the inbox asks before a chat', async () => {
  const preChat = [{ key: 'email', label: 'Your email', type: 'email', required: true }]
  const change = (body: object) => chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body })
  await change({ preChat })
  const identityToken = await signed(hs, { sub: 'asked', email: 'asked@shop.example' })
  const answers = [await start({ identityToken }), await start({ identityToken: await signed(hs) }), await start({})]
  await change({ preChat: [] })
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 400])
})

it('identifies over the socket: that connection goes on, those with the old token end', async () => {
  const { sessionId, token } = (await start({ name: 'Annie' })).body
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
  const barred = (await start({ identityToken: await signed(hs, { sub: 'barred' }) })).body
  await block({ kind: 'visitor', visitor: barred.visitorId })
  await block({ kind: 'email', email: '*@spam.example' })
  const { sessionId, token } = (await start({})).body
  const client = chat.connect(token)
  await client.ask('join_chat', { sessionId })
  const proofs = [
    await signed(hs, { sub: 'barred' }),
    await signed(hs, { sub: 'spammer', email: 'mallory@spam.example' }),
  ]
  const email = 'mallory@spam.example'
  const written = await chat.written()
  const answers = [
    ...(await Promise.all(proofs.map((proof) => identify(sessionId, token, proof)))).map(({ body }) => body),
    ...(await Promise.all(proofs.map((identityToken) => client.ask('identify', { sessionId, identityToken })))),
    (await chat.call('PATCH', `/api/chat/sessions/${sessionId}/visitor`, { token, body: { email } })).body,
    await client.ask('update_visitor', { sessionId, email }),
    (await start({ identityToken: proofs[1] })).body,
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
  const { sessionId, token } = (await start({})).body
  const response = await fetch(`${chat.node(1).url}/api/chat/sessions/${sessionId}/stream?token=${token}`)
  const read = response.text()
  await identify(sessionId, token, await signed(hs, { sub: 'streamer', name: 'SECRET' }))
  expect(await read).not.toContain('SECRET')
})

it('changes keys without a gap, shows no secret twice and forgets one that is taken back', async () => {
  const old = await aSecretKey('shop', { name: 'of last year', kid: 'rotating-1' })
  const fresh = await aSecretKey('shop', { kid: 'rotating-2' })
  const by = async (key: Key) =>
    (await start({ inboxKey: 'shop', identityToken: await signed(key, { aud: 'shop' }) })).status
  const both = [await by(old), await by(fresh)]
  const listed = await chat.call('GET', keys('shop'), { token: adminKey })
  const taken = await chat.call('POST', keys('shop'), {
    token: adminKey,
    body: { algorithm: 'HS256', kid: 'rotating-1' },
  })
  const revoked = await chat.call('DELETE', `${keys('shop')}/rotating-1`, { token: adminKey })
  const stored = await chat.node().connection.collection('identity_keys').find().toArray()
  const mine = listed.body.keys.filter(({ kid }: { kid: string }) => kid.startsWith('rotating'))
  expect([both, mine, refusal(taken), revoked.status, await by(old), await by(fresh)]).toEqual([
    [201, 201],
    ['of last year', null].map((name, index) => ({
      kid: `rotating-${index + 1}`,
      algorithm: 'HS256',
      name,
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
    })),
    [409, 'already_exists'],
    200,
    401,
    201,
  ])
  expect(JSON.stringify([listed.body, stored])).not.toContain(fresh.secret)
})

it('takes only public keys of the algorithm, ten for an inbox, and only from administrators', async () => {
  const pairs = await Promise.all(
    (['RS256', 'EdDSA'] as const).map((alg) => generateKeyPair(alg, { extractable: true })),
  )
  const [rsa, ed] = pairs.map(({ publicKey, privateKey }) => ({ publicKey, privateKey }))
  const weak = { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 0xff).toString('base64url') }
  const bodies = [
    { algorithm: 'RS256', publicKey: { ...(await exportJWK(rsa?.privateKey as never)) } },
    { algorithm: 'EdDSA', publicKey: await exportSPKI(rsa?.publicKey as never) },
    { algorithm: 'RS256', publicKey: { ...(await exportJWK(ed?.publicKey as never)) } },
    { algorithm: 'RS256', publicKey: weak },
    { algorithm: 'RS256', publicKey: 'nonsense' },
    { algorithm: 'EdDSA', publicKey: { kty: 'oct', k: 'AAAA' } },
    { algorithm: 'HS256', publicKey: 'the public key' },
    { algorithm: 'RS256' },
    { algorithm: 'none' },
  ]
  const post = (body: object, token: string) => chat.call('POST', keys('shop'), { token, body })
  const refused = await Promise.all(bodies.map((body) => post(body, adminKey)))
  const { token: agent } = await chat.agent()
  const { token: visitor } = await chat.session()
  const others = await Promise.all([agent, visitor].map((token) => post({ algorithm: 'HS256' }, token)))
  const nowhere = await chat.call('GET', keys('nowhere'), { token: adminKey })
  for (let n = 0; n < 10; n += 1) await post({ algorithm: 'HS256' }, adminKey)
  expect([
    refused.map(refusal),
    others.map(refusal),
    refusal(nowhere),
    refusal(await post({ algorithm: 'HS256' }, adminKey)),
  ]).toEqual([
    bodies.map(() => [400, 'invalid_input']),
    Array(2).fill([403, 'forbidden']),
    [404, 'not_found'],
    [409, 'too_many'],
  ])
})

it('reads keys through a change of the service’s own secret, and needs the old one no longer once they are sealed anew', async () => {
  const { connection } = chat.node()
  const old = 'the secret of yesterday, long enough'
  const keysWith = (secrets: { secret: string; previous?: string }) =>
    createIdentityKeys({ connection, secrets: createSealedSecrets(secrets), ids: createIds(), now: Date.now })
  // By themselves in this store: the service has sealed none of them.
  const inbox = 'sealed-long-ago'
  const { kid, secret: signing } = await keysWith({ secret: old }).create(inbox, { algorithm: 'HS256', name: null })
  const found = (secrets: { secret: string; previous?: string }) =>
    keysWith(secrets)
      .find(inbox, kid)
      .then(
        (key) => key?.algorithm === 'HS256' && new TextDecoder().decode(key.secret),
        () => 'not to be opened',
      )
  const before = [await found({ secret }), await found({ secret, previous: old })]
  await keysWith({ secret, previous: old }).reseal()
  expect([before, await found({ secret }), await found({ secret: old })]).toEqual([
    ['not to be opened', signing],
    signing,
    'not to be opened',
  ])
})
