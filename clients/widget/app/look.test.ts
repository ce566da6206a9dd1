import { expect, it } from 'vitest'
import { readableOn } from './look.ts'

it.each([
  ['#1f6feb', '#ffffff'],
  ['#000000', '#ffffff'],
  ['#ffd60a', '#111827'],
  ['#ffffff', '#111827'],
])('writes on %s in %s', (color, text) => {
  expect(readableOn(color)).toBe(text)
})
