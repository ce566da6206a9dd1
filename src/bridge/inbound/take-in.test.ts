import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inParts } from './take-in.ts'

it('cuts a text into parts that make it up again, none longer than allowed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (text, most) => {
      const parts = inParts(text, most)
      expect({ whole: parts.join(''), tooLong: parts.filter((part) => Array.from(part).length > most) }).toEqual({
        whole: text,
        tooLong: [],
      })
    }),
  )
})
