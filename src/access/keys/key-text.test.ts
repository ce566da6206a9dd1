import { expect, it } from 'vitest'
import { hashOf, isMeantAsKey, isWhole, keyLetters, keyOf, prefixOf } from './key-text.ts'

const key = keyOf('a1'.repeat(keyLetters / 2))

it('makes a text of one word that says what it is and shows which one it is', () => {
  expect([key.length, isMeantAsKey(key), isWhole(key), prefixOf(key), hashOf(key).length]).toEqual([
    69,
    true,
    true,
    'dbk_a1a1a1a1',
    43,
  ])
})

const changed = (at: number, letter: string) => key.slice(0, at) + letter + key.slice(at + 1)

it.each([
  ['a wrong letter in its name', changed(5, 'x')],
  ['a wrong letter in its secret', changed(30, 'x')],
  ['a wrong letter in its checksum', changed(68, key.endsWith('x') ? 'y' : 'x')],
  ['two letters in the wrong order', `dbk_1a${key.slice(6)}`],
  ['a letter too few', key.slice(0, -1)],
  ['a letter too many', `${key}a`],
  ['capitals', key.toUpperCase()],
  ['nothing after its sign', 'dbk_'],
])('finds %s', (_, text) => {
  expect(isWhole(text)).toBe(false)
})

it('pads a checksum that is a small number', () => {
  const letters = Array.from({ length: 5_000 }, (_, index) => index.toString(36).padStart(keyLetters, '0'))
  expect(letters.map(keyOf).every((one) => one.length === 69 && isWhole(one))).toBe(true)
})
