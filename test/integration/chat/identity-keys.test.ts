import { exportJWK, exportSPKI, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIdentityKeys } from '../../../src/chat/identity/identity-keys.ts'
import { createIds } from '../../../src/platform/ids.ts'
import { createSealedSecrets } from '../../../src/platform/sealed-secrets.ts'
import { aChat, adminKey, secret, type TestChat } from '../../support/chat.ts'
import { aSite, type Key, keysOf, refusal, signed } from '../../support/identity.ts'

let chat: TestChat
let site: ReturnType<typeof aSite>
beforeAll(async () => {
  chat = await aChat()
  site = aSite(chat)
})
afterAll(() => chat.close())

it('changes keys without a gap, shows no secret twice and forgets one that is taken back', async () => {
  const old = await site.secretKey('shop', { name: 'of last year', kid: 'rotating-1' })
  const fresh = await site.secretKey('shop', { kid: 'rotating-2' })
  const by = async (key: Key) =>
    (await site.start({ inboxKey: 'shop', identityToken: await signed(key, { aud: 'shop' }) })).status
  const both = [await by(old), await by(fresh)]
  const listed = await chat.call('GET', keysOf('shop'), { token: adminKey })
  const taken = await chat.call('POST', keysOf('shop'), {
    token: adminKey,
    body: { algorithm: 'HS256', kid: 'rotating-1' },
  })
  const revoked = await chat.call('DELETE', `${keysOf('shop')}/rotating-1`, { token: adminKey })
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
  const post = (body: object, token: string) => chat.call('POST', keysOf('shop'), { token, body })
  const refused = await Promise.all(bodies.map((body) => post(body, adminKey)))
  const { token: agent } = await chat.agent()
  const { token: visitor } = await chat.session()
  const others = await Promise.all([agent, visitor].map((token) => post({ algorithm: 'HS256' }, token)))
  const nowhere = await chat.call('GET', keysOf('nowhere'), { token: adminKey })
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
