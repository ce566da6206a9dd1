import { expect, it } from 'vitest'
import { makeSecret } from '../../../../src/webhooks/call/secrets.ts'
import { sign, signingKeyOf } from '../../../../src/webhooks/call/sign.ts'
import { inJavaScript } from './snippets.ts'

type Verify = (secret: string, headers: object, body: Buffer) => unknown

const { verify }: { verify: Verify } = await import(`data:text/javascript,${encodeURIComponent(inJavaScript)}`)
const { secret } = makeSecret('v1', () => Buffer.alloc(32, 1))
const { secret: other } = makeSecret('v1', () => Buffer.alloc(32, 2))
const body = Buffer.from('{"type":"chat.created"}')
const now = Math.floor(Date.now() / 1_000)
const signed = (timestamp: number, secrets = [secret]) =>
  sign({ id: 'evt_1', timestamp, body }, secrets.map(signingKeyOf))

it('takes what the service signs, also while its secret is changed', () => {
  expect(verify(secret, signed(now, [other, secret]), body)).toEqual({ type: 'chat.created' })
})

it.each([
  ['what another signed', signed(now, [other]), body, 'wrong signature'],
  ['what was changed', signed(now), Buffer.from('{}'), 'wrong signature'],
  ['what is old', signed(now - 400), body, 'too old'],
  ['a time that is none', { ...signed(now), 'webhook-timestamp': 'x' }, body, 'too old'],
  ['what is not signed', { ...signed(now), 'webhook-signature': undefined }, body, 'wrong signature'],
])('refuses %s', (_, headers, sent, message) => {
  expect(() => verify(secret, headers, sent)).toThrow(message)
})
