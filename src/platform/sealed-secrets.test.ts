import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSealedSecrets } from './sealed-secrets.ts'

const secret = 'the secret of today, long enough, too'
const old = 'the secret of yesterday, long enough'
const now = createSealedSecrets({ secret })
const before = createSealedSecrets({ secret: old })
const rotating = createSealedSecrets({ secret, previous: old })

it('opens what it has sealed, for its owner alone', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (text, owner, other) => {
      const sealed = now.seal(text, owner)
      expect(now.open(sealed, owner)).toBe(text.toWellFormed())
      fc.pre(owner.toWellFormed() !== other.toWellFormed())
      expect(() => now.open(sealed, other)).toThrow()
    }),
  )
})

it('never seals the same text alike', () => {
  expect(now.seal('text', 'a')).not.toBe(now.seal('text', 'a'))
})

it('opens what the secret before has sealed, and tells it from its own', () => {
  const [older, newer] = [before.seal('text', 'a'), rotating.seal('text', 'a')]
  expect([
    rotating.open(older, 'a'),
    rotating.isCurrent(older),
    rotating.isCurrent(newer),
    now.open(newer, 'a'),
  ]).toEqual(['text', false, true, 'text'])
  expect(() => now.open(older, 'a')).toThrow('not known here')
})

it('opens nothing of which one bit was changed', () => {
  const sealed = now.seal('text', 'a')
  const start = sealed.lastIndexOf('.') + 1
  const bytes = Buffer.from(sealed.slice(start), 'base64url')
  for (let index = 0; index < bytes.length; index += 1) {
    const altered = Buffer.from(bytes)
    altered[index] = (altered[index] ?? 0) ^ 1
    expect(() => now.open(sealed.slice(0, start) + altered.toString('base64url'), 'a')).toThrow()
  }
  for (const wrong of ['', 'nonsense', `v1.${sealed.split('.')[1]}.`, sealed.slice(0, start + 8)])
    expect(() => now.open(wrong, 'a')).toThrow()
})
