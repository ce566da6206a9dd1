import { expect, it } from 'vitest'
import { stateOf } from './state.ts'

const now = Date.parse('2026-05-10T12:00:00Z')

it.each([
  ['active', { revokedAt: null, expiresAt: null }],
  ['active', { revokedAt: null, expiresAt: '2026-06-10T12:00:00Z' }],
  ['expiring', { revokedAt: null, expiresAt: '2026-05-20T12:00:00Z' }],
  ['expired', { revokedAt: null, expiresAt: '2026-05-10T12:00:00Z' }],
  ['revoked', { revokedAt: '2026-05-01T12:00:00Z', expiresAt: '2026-06-10T12:00:00Z' }],
] as const)('is %s: %j', (state, key) => {
  expect(stateOf(key, now)).toBe(state)
})
