import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSealedSecrets } from '../../platform/sealed-secrets.ts'
import { type HeldSecret, inForce, makeSecret, resealSecret, rotate, sealSecret, signingKeys } from './secrets.ts'
import { type SigningKey, sign, signingKeyOf } from './sign.ts'

const before = createSealedSecrets({ secret: 'the secret of yesterday, long enough' })
const sealing = createSealedSecrets({
  secret: 'the secret of today, long enough, too',
  previous: 'the secret of yesterday, long enough',
})
const hour = 3_600_000

const held = (id: string, more: Partial<HeldSecret> = {}): HeldSecret => ({
  id,
  sealed: `sealed ${id}`,
  publicKey: null,
  createdAt: 0,
  until: null,
  ...more,
})
const ids = (secrets: readonly HeldSecret[]) => secrets.map(({ id, until }) => [id, until])

it('makes secrets of 32 random bytes, and pairs whose public half may be shown', () => {
  const bytes = Buffer.alloc(32, 7)
  expect(makeSecret('v1', () => bytes)).toEqual({ secret: `whsec_${bytes.toString('base64')}`, publicKey: null })
  const pair = makeSecret('v1a', () => bytes)
  const [secret, publicKey] = [pair.secret.slice(5), pair.publicKey?.slice(5) ?? ''].map((text) =>
    Buffer.from(text, 'base64'),
  )
  expect(pair).toEqual({ secret: expect.stringMatching(/^whsk_/), publicKey: expect.stringMatching(/^whpk_/) })
  expect(secret).toEqual(Buffer.concat([bytes, publicKey ?? Buffer.alloc(0)]))
})

it('lets the one before sign until its overlap ends', () => {
  const rotated = rotate([held('a')], held('b'), { now: 1_000, overlapMs: hour })
  const at = (now: number) => inForce(rotated, now).map(({ id }) => id)
  expect([ids(rotated), at(hour + 999), at(hour + 1_000)]).toEqual([
    [
      ['b', null],
      ['a', hour + 1_000],
    ],
    ['b', 'a'],
    ['b'],
  ])
})

it('ends the one before at once without an overlap, and forgets those that are over', () => {
  const secrets = [held('b'), held('a', { until: 500 })]
  expect(ids(rotate(secrets, held('c'), { now: 1_000, overlapMs: 0 }))).toEqual([['c', null]])
})

it('keeps the end that was set when it is rotated again', () => {
  const secrets = [held('b'), held('a', { until: 2_000 })]
  expect(ids(rotate(secrets, held('c'), { now: 1_000, overlapMs: hour }))).toEqual([
    ['c', null],
    ['b', hour + 1_000],
    ['a', 2_000],
  ])
})

it('has no more than four in force', () => {
  const secrets = ['d', 'c', 'b', 'a'].map((id, index) => held(id, { until: index === 0 ? null : hour }))
  expect(() => rotate(secrets, held('e'), { now: 1_000, overlapMs: hour })).toThrow(
    expect.objectContaining({ code: 'too_many' }),
  )
  expect(ids(rotate(secrets, held('e'), { now: hour, overlapMs: hour }))).toEqual([
    ['e', null],
    ['d', 2 * hour],
  ])
})

const signed = (keys: readonly SigningKey[]) => sign({ id: 'evt_1', timestamp: 1, body: Buffer.from('{}') }, keys)
const signedBy = (...made: { secret: string }[]) => signed(made.map(({ secret }) => signingKeyOf(secret)))

it('opens what is in force, for its own endpoint alone', () => {
  const made = [makeSecret('v1', randomBytes), makeSecret('v1a', randomBytes)] as const
  const [old, next] = [
    sealSecret(sealing, 'end_1', made[0], { id: 'a', now: 0 }),
    sealSecret(sealing, 'end_1', made[1], { id: 'b', now: 0 }),
  ]
  const secrets = rotate([old], next, { now: 0, overlapMs: hour })
  expect(signed(signingKeys(sealing, 'end_1', secrets, 0))).toEqual(signedBy(made[1], made[0]))
  expect(signed(signingKeys(sealing, 'end_1', secrets, hour))).toEqual(signedBy(made[1]))
  expect(JSON.stringify(secrets)).not.toContain(made[0].secret)
  expect(() => signingKeys(sealing, 'end_2', secrets, 0)).toThrow()
})

it('seals anew what the installation’s secret before has sealed', () => {
  const made = makeSecret('v1', randomBytes)
  const old = sealSecret(before, 'end_1', made, { id: 'a', now: 5 })
  const fresh = resealSecret(sealing, 'end_1', old)
  expect([sealing.isCurrent(old.sealed), sealing.isCurrent(fresh.sealed)]).toEqual([false, true])
  expect(signed(signingKeys(sealing, 'end_1', [fresh], 5))).toEqual(signedBy(made))
  expect(resealSecret(sealing, 'end_1', fresh)).toBe(fresh)
})
