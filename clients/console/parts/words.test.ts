import { expect, it } from 'vitest'
import { addWords } from './words.ts'

it('adds what commas part, each once and without the space around it', () => {
  expect(addWords(['sales'], ' billing, sales,, tax law ')).toEqual(['sales', 'billing', 'tax law'])
})
