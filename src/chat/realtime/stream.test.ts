import { expect, it } from 'vitest'
import { positionIn } from './stream.ts'

it.each([
  [undefined, 9],
  ['', 9],
  ['0', 0],
  ['4', 4],
  ['epochofnow:4', 4],
  ['epochofthen:4', 9],
  ['10', 9],
  ['epochofnow:10', 9],
  ['-1', 9],
  ['1.5', 9],
  ['text', 9],
  [' ', 9],
  ['epochofnow:', 9],
  ['epochofnow:4:4', 9],
])('reads the position %j of a chat of nine events as %i', (position, after) => {
  expect(positionIn(position, 'epochofnow', 9)).toBe(after)
})
