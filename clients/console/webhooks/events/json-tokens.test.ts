import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonTokens } from './json-tokens.ts'

it('is the text of the document', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = jsonTokens(value)
        .map((token) => token.text)
        .join('')
      expect(text).toBe(JSON.stringify(value, null, 2))
    }),
  )
})

it('tells what a piece is', () => {
  expect(jsonTokens({ a: ['x', 1, true], b: undefined }).filter(({ kind }) => kind !== 'mark')).toEqual([
    { kind: 'name', text: '"a"' },
    { kind: 'text', text: '"x"' },
    { kind: 'number', text: '1' },
    { kind: 'word', text: 'true' },
  ])
})
