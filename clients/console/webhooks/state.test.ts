import { expect, it } from 'vitest'
import { stateOf } from './state.ts'

const now = Date.parse('2026-05-10T12:00:00Z')
const [before, after] = ['2026-05-10T11:00:00Z', '2026-05-10T12:01:00Z']
const well = { enabled: true, disabled: null, failingSince: null, restsUntil: null }

it.each([
  [{}, { kind: 'on' }],
  [{ enabled: false }, { kind: 'off' }],
  [
    { enabled: false, disabled: { why: 'gone', at: before } },
    { kind: 'gone', at: before },
  ],
  [
    { enabled: false, disabled: { why: 'failing', at: before } },
    { kind: 'given_up', at: before },
  ],
  [{ failingSince: before }, { kind: 'failing', since: before }],
  [
    { failingSince: before, restsUntil: after },
    { kind: 'resting', until: after, since: before },
  ],
  [
    { failingSince: before, restsUntil: before },
    { kind: 'failing', since: before },
  ],
  [{ restsUntil: after }, { kind: 'resting', until: after, since: null }],
] as const)('%j is %j', (standing, state) => {
  expect(stateOf({ ...well, ...standing }, now)).toEqual(state)
})
