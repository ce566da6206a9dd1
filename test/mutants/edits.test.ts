import { expect, it } from 'vitest'
import { inOneInstant, points } from '../chaos/points.ts'
import { checkEdits } from './edit.ts'
import { mutants } from './mutants.ts'

it.each(Object.entries(mutants))('%s still finds its places', (_name, { edits }) => {
  expect(() => checkEdits(edits)).not.toThrow()
})

it('what lets hours pass in one instant still finds its place', () => {
  expect(() => checkEdits([inOneInstant])).not.toThrow()
})

it.each(points)('the point $name still finds its place', ({ edit }) => {
  expect(() => checkEdits([edit])).not.toThrow()
})
