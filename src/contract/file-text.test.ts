import { expect, it } from 'vitest'
import { fileText, sizeText } from './file-text.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [12_345, '12.3 kB'],
  [123_456, '123 kB'],
  [9_990_000, '10 MB'],
  [2_500_000_000, '2.5 GB'],
])('says %i bytes as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

it('puts the caption above the file, if there is one', () => {
  const file = { name: 'a.pdf', size: 1_000 }
  expect([fileText('Look', file, 'https://x'), fileText('', file, 'https://x')]).toEqual([
    'Look\na.pdf (1 kB): https://x',
    'a.pdf (1 kB): https://x',
  ])
})
