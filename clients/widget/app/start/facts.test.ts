import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StartSession } from '../../../../src/contract/chat.ts'
import { factsIn, factsInToken } from './facts.ts'

it('leaves out what the server would refuse', () => {
  const said = {
    ...{ name: ' Ana ', email: 'no email', phone: '+351 210 000 000', page: 'x' },
    attributes: { plan: 'pro', seats: 3, paid: true, deep: { a: 1 }, 'two words': 'x', not: Number.NaN },
  }
  expect(factsIn(said)).toEqual({
    name: 'Ana',
    phone: '+351 210 000 000',
    attributes: { plan: 'pro', seats: 3, paid: true },
  })
})

it('gives a chat to begin with, whatever a site says', () => {
  const keys = fc.constantFrom('name', 'email', 'attributes', 'phone')
  const value = fc.oneof(fc.anything(), fc.string(), fc.emailAddress())
  fc.assert(
    fc.property(fc.dictionary(keys, value), (said) => {
      const { phone: _, page: __, ...facts } = factsIn(said)
      expect(StartSession.safeParse(facts).error?.issues).toBeUndefined()
    }),
  )
})

it('reads the name out of a token, and nothing out of what is none', () => {
  const payload = Buffer.from(JSON.stringify({ sub: '1', name: 'Ána', email: 'ana@example.com' })).toString('base64url')
  expect([factsInToken(`h.${payload}.s`), factsInToken('nonsense'), factsInToken('')]).toEqual([
    { name: 'Ána', email: 'ana@example.com' },
    {},
    {},
  ])
})
