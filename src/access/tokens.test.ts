import { SignJWT, UnsecuredJWT } from 'jose'
import { expect, it } from 'vitest'
import { createIds } from '../platform/ids.ts'
import { createTokens, sameSecret } from './tokens.ts'

const ids = createIds()
const old = 'the secret of yesterday, long enough'
const secret = 'the secret of today, long enough, too'
const agent = { id: ids.agent(), name: 'Bo', role: 'agent', inboxes: [] } as const
const visitor = { id: ids.visitor(), session: ids.session() }
const at = (ms: number) => () => ms
const hourMs = 3_600_000

it('opens what it has signed, with the secret of now or the one before', async () => {
  const before = createTokens({ secret: old }, at(0))
  const tokens = createTokens({ secret, previous: old }, at(1_000))
  const signed = [await before.forAgent(agent), await tokens.forVisitor(visitor)]
  expect(await Promise.all(signed.map((token) => tokens.verify(token)))).toEqual([
    { kind: 'agent', ...agent },
    { kind: 'visitor', ...visitor, name: undefined },
  ])
})

const claims = { sub: agent.id, name: agent.name, role: 'agent', inboxes: [] }
const sign = (payload: object, alg = 'HS256') =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret.padEnd(64, secret)))
const signWith = (payload: object, key: string) =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key))

it.each([
  ['that has expired', () => createTokens({ secret }, at(0)).forAgent(agent), hourMs + 1_000],
  ['of a secret given up', () => createTokens({ secret: old }, at(0)).forAgent(agent), 0],
  ['without a signature', async () => new UnsecuredJWT({ ...claims, aud: 'agent' }).encode(), 0],
  ['of another algorithm', () => sign({ ...claims, aud: 'agent' }, 'HS512'), 0],
  ['for nobody', () => signWith(claims, secret), 0],
  ['for another audience', () => signWith({ ...claims, aud: 'admin' }, secret), 0],
  ['for a visitor of no chat', () => signWith({ sub: visitor.id, aud: 'visitor' }, secret), 0],
  ['whose subject is of another kind', () => signWith({ ...claims, sub: visitor.id, aud: 'agent' }, secret), 0],
  ['that is none', async () => 'nonsense', 0],
])('refuses a token %s', async (_, make, now) => {
  await expect(createTokens({ secret }, at(now)).verify(await make())).rejects.toMatchObject({ code: 'unauthorized' })
})

it('tells secrets apart, whatever their lengths', () => {
  expect([sameSecret('abc', 'abc'), sameSecret('abc', 'abd'), sameSecret('ab', 'abc'), sameSecret('', 'abc')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
