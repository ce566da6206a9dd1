import { createHash, createPublicKey, verify } from 'node:crypto'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { expect, it } from 'vitest'
import { makeSecret } from './secrets.ts'
import { type Signable, sign as signBy, signingKeyOf } from './sign.ts'

const bytesOf = (seed: string) => () => createHash('sha256').update(seed).digest()
const first = makeSecret('v1', bytesOf('first')).secret
const second = makeSecret('v1', bytesOf('second')).secret
const pair = makeSecret('v1a', bytesOf('pair'))

const sign = (call: Signable, secrets: readonly string[]) => signBy(call, secrets.map(signingKeyOf))

const text = '{"type":"message","data":{"text":"Grüße 👋"}}'
const aCall = (more: Partial<Signable> = {}): Signable => ({
  id: 'evt_1',
  timestamp: Math.floor(Date.now() / 1_000),
  body: Buffer.from(text),
  ...more,
})

const verifiers = [
  ['standardwebhooks', StandardWebhook],
  ['svix', SvixWebhook],
] as const

it.each(verifiers)('is verified by %s, with one secret and with each of several', (_name, Verifier) => {
  const alone = sign(aCall(), [first])
  const rotated = sign(aCall(), [second, pair.secret, first])
  const verified = (secret: string, headers: typeof alone) => () => new Verifier(secret).verify(text, { ...headers })
  for (const right of [verified(first, alone), verified(first, rotated), verified(second, rotated)])
    expect(right).not.toThrow()
  expect(verified(second, alone)).toThrow()
})

it.each(verifiers)('is refused by %s when the id, the time or the body is another', (_name, Verifier) => {
  const headers = sign(aCall(), [first])
  const refused = (body: string, more: object) => () => new Verifier(first).verify(body, { ...headers, ...more })
  expect(refused(text, { 'webhook-id': 'evt_2' })).toThrow()
  expect(refused(text, { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) })).toThrow()
  expect(refused(`${text} `, {})).toThrow()
})

it('signs with ed25519 what its public key verifies', () => {
  const call = aCall({ body: Buffer.from([0xff, 0x00, 0xfe]) })
  const signature = sign(call, [pair.secret])['webhook-signature']
  const x = Buffer.from(pair.publicKey?.slice('whpk_'.length) ?? '', 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const content = Buffer.concat([Buffer.from(`evt_1.${call.timestamp}.`), call.body])
  expect(verify(null, content, key, Buffer.from(signature.slice('v1a,'.length), 'base64'))).toBe(true)
})

it('signs as the server of Svix does', () => {
  const secret = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
  const call = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: Buffer.from('{"test": 2432232314}'),
  }
  expect(sign(call, [secret])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  })
})

it.each([
  ['an id with a dot', aCall({ id: 'evt.1' }), [first]],
  ['an id of two lines', aCall({ id: 'evt\n1' }), [first]],
  ['no secret', aCall(), []],
  ['a secret without its beginning', aCall(), [first.slice(6)]],
  ['a short secret', aCall(), ['whsec_c2hvcnQ=']],
  ['a public key', aCall(), [pair.publicKey ?? '']],
])('signs nothing for %s', (_what, call, secrets) => {
  expect(() => sign(call, secrets)).toThrow()
})
