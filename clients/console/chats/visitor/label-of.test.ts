import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Label } from '../../../../src/contract/event.ts'
import { labelOf } from './label-of.ts'

it.each([
  ['Big Order', 'big-order'],
  ['  ships tomorrow. ', 'ships-tomorrow'],
  ['Réclamation n° 7', 'reclamation-n-7'],
  ['_vip_', 'vip_'],
  ['退款', ''],
])('makes a tag of %j', (text, tag) => {
  expect(labelOf(text)).toBe(tag)
})

it('makes what the service takes, or nothing, of whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const tag = labelOf(text)
      expect(tag === '' || Label.safeParse(tag).success).toBe(true)
    }),
  )
})
