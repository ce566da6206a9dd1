import { expect, it } from 'vitest'
import { type Press, shortcutFor } from './shortcuts.ts'

const aPress = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  hasModifier: false,
  isTaken: false,
  at: 10_000,
  ...more,
})

it.each([
  ['/', aPress('/'), null, { do: 'search' }],
  ['?', aPress('?'), null, { do: 'help' }],
  ['g', aPress('g'), null, { do: 'wait' }],
  ['g, then k', aPress('k'), 9_000, { do: 'go', letter: 'k' }],
  ['g, then g', aPress('g'), 9_000, { do: 'go', letter: 'g' }],
  ['g, and k too late', aPress('k'), 8_000, null],
  ['k alone', aPress('k'), null, null],
  ['/ in a field', aPress('/', { isTaken: true }), null, null],
  ['Ctrl and g', aPress('g', { hasModifier: true }), null, null],
])('reads %s', (_name, press, since, meaning) => {
  expect(shortcutFor(press, since)).toEqual(meaning)
})
