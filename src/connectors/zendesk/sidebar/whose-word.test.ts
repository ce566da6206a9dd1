import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { always } from '../renewable.ts'
import { createWhoseWord, type OurApp } from './whose-word.ts'

const url = 'https://acme.zendesk.com'
const installation = `${url}/api/v2/apps/installations/77.json`
const now = Date.UTC(2026, 0, 2, 12)
const seconds = now / 1_000

const ours = await generateKeyPair('RS256')
const others = await generateKeyPair('RS256')
const app: OurApp = { publicKeyPem: await exportSPKI(ours.publicKey), installations: ['12', '77'] }

const claims = { aud: installation, sub: `${url}/api/v2/users/1002.json`, iat: seconds, exp: seconds + 120 }
const signed = (
  change: { [claim in keyof JWTPayload]?: JWTPayload[claim] | undefined },
  { key = ours.privateKey, alg = 'RS256' } = {},
) => new SignJWT({ ...claims, ...change } as JWTPayload).setProtectedHeader({ alg }).sign(key)

const whose = createWhoseWord({ url, app: always(app), now: () => now })

it('is the word of the account for one of its users', async () => {
  expect(await whose(await signed({}))).toBe('1002')
})

it.each([
  ['another app’s key', () => signed({}, { key: others.privateKey })],
  ['another app’s installation', () => signed({ aud: installation.replace('77', '78') })],
  ['another account’s installation', () => signed({ aud: installation.replace('acme', 'evil') })],
  ['another account’s user', () => signed({ sub: 'https://evil.zendesk.com/api/v2/users/1002.json' })],
  ['a user who is no number', () => signed({ sub: `${url}/api/v2/users/1002.json/../1.json` })],
  ['a word of long ago', () => signed({ exp: seconds - 11 })],
  ['a word for good', () => signed({ exp: undefined })],
  ['a word about nobody', () => signed({ sub: undefined })],
  ['no signature', async () => `${(await signed({})).split('.').slice(0, 2).join('.')}.`],
  ['the public key as a shared secret', async () => byPublicKey()],
  ['rubbish', async () => 'rubbish'],
  ['nothing', async () => ''],
])('is not: %s', async (_name, token) => {
  await expect(whose(await token())).rejects.toMatchObject({ code: 'unauthorized' })
})

const byPublicKey = () =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(app.publicKeyPem))

it('asks the account again when its key or installation was changed', async () => {
  const before: OurApp = { publicKeyPem: await exportSPKI(others.publicKey), installations: ['12'] }
  const again = createWhoseWord({ url, app: { known: async () => before, renewed: async () => app }, now: () => now })
  expect(await again(await signed({}))).toBe('1002')
})

it('is nobody’s before set-up has installed the app', async () => {
  const none = createWhoseWord({ url, app: { known: async () => null, renewed: async () => null }, now: () => now })
  await expect(none(await signed({}))).rejects.toMatchObject({ code: 'unauthorized' })
})
