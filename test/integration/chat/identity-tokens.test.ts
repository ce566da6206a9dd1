import { UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aSite, bytes, now, refusal, type SecretKey, signed } from '../../support/identity.ts'

let chat: TestChat
let site: ReturnType<typeof aSite>
/** Of the default inbox. */
let hs: SecretKey
beforeAll(async () => {
  chat = await aChat()
  site = aSite(chat)
  hs = await site.secretKey()
})
afterAll(() => chat.close())

it('knows a customer by a key of each algorithm, on any device as one visitor', async () => {
  const all = [
    hs,
    await site.keyPair('RS256', 'pem'),
    await site.keyPair('RS256', 'jwk'),
    await site.keyPair('EdDSA', 'pem'),
    await site.keyPair('EdDSA', 'jwk'),
  ]
  const said = { sub: 'one of all', name: 'Ana', email: 'ana@shop.example', attributes: { plan: 'pro' } }
  const started = []
  for (const key of all) started.push(await site.start({ name: 'Nobody', identityToken: await signed(key, said) }))
  const { token: agent } = await chat.agent()
  const first = started[0]?.body
  const asAgent = await site.show(first.sessionId, agent)
  const asVisitor = await site.show(first.sessionId, first.token)
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
  const rs = await site.keyPair('RS256', 'pem')
  const ed = await site.keyPair('EdDSA', 'pem')
  const shop = await site.secretKey('shop')
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
    ['our own token', (await site.start({})).body.token],
    ['rubbish', 'rubbish'],
  ]
  const before = await chat.written()
  const answers = []
  for (const [what, token] of wrong) answers.push([what, ...refusal(await site.start({ identityToken: await token }))])
  expect([answers, (await chat.written()) - before]).toEqual([
    wrong.map(([what]) => [what, 401, 'identity_invalid']),
    0,
  ])
})

it('takes clocks that differ by less than a minute', async () => {
  const answers = [
    await site.start({ identityToken: await signed(hs, { iat: now() + 30, exp: now() + 60 }) }),
    await site.start({ identityToken: await signed(hs, { iat: now() - 300, exp: now() - 30 }) }),
    await site.start({ identityToken: await signed(hs, { exp: now() + 24 * 3_600 }) }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
})
