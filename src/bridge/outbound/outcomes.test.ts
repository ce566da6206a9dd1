import { expect, it } from 'vitest'
import { consequenceOf } from './outcomes.ts'

it.each([
  [{ kind: 'transient' }, { kind: 'form_again', inMs: 700 }],
  [
    { kind: 'limited', scope: 'link', afterMs: 90 },
    { kind: 'form_again', inMs: 90 },
  ],
  [
    { kind: 'limited', scope: 'destination', afterMs: 90 },
    { kind: 'pause_destination', inMs: 90, tell: false },
  ],
  [{ kind: 'ambiguous' }, { kind: 'settle', inMs: 700 }],
  [
    { kind: 'repair', remote: { followUpOf: '7' } },
    { kind: 'form_again', inMs: 0, move: { remote: { followUpOf: '7' } } },
  ],
  [{ kind: 'halted' }, { kind: 'pause_destination', inMs: 700, tell: true }],
  [
    { kind: 'halted', scope: 'link' },
    { kind: 'form_again', inMs: 700, tell: true },
  ],
  [{ kind: 'refused' }, { kind: 'isolate' }],
] as const)('%o leads to %o', (failure, consequence) => {
  expect(consequenceOf(failure, 1, 700)).toEqual(consequence)
})

it('lets repairs that do not help wait like any other failure', () => {
  expect(consequenceOf({ kind: 'repair', remote: {} }, 3, 700)).toEqual({
    kind: 'form_again',
    inMs: 700,
    move: { remote: {} },
  })
})
