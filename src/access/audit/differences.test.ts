import { expect, it } from 'vitest'
import { differences } from './differences.ts'

it.each([
  ['what was made', null, { a: 1 }, { before: null, after: { a: 1 } }],
  ['what was removed', { a: 1 }, null, { before: { a: 1 }, after: null }],
  ['what changed', { a: 1, b: [1] }, { a: 2, b: [1] }, { before: { a: 1 }, after: { a: 2 } }],
  ['what came to be', { a: 1 }, { a: 1, b: 2 }, { before: {}, after: { b: 2 } }],
  ['what stayed', { a: { b: 1 } }, { a: { b: 1 } }, { before: {}, after: {} }],
])('keeps of two states %s', (_, before, after, kept) => {
  expect(differences(before, after)).toEqual(kept)
})
