import { expect, it } from 'vitest'
import { failureOfNetwork, failureOfStatus } from './failures.ts'

it.each([
  [301, { kind: 'halted' }],
  [400, { kind: 'refused' }],
  [401, { kind: 'halted' }],
  [403, { kind: 'halted' }],
  [404, { kind: 'transient' }],
  [408, { kind: 'ambiguous' }],
  [409, { kind: 'ambiguous' }],
  [413, { kind: 'refused' }],
  [422, { kind: 'refused' }],
  [500, { kind: 'ambiguous' }],
  [502, { kind: 'ambiguous' }],
  [503, { kind: 'ambiguous' }],
  [504, { kind: 'ambiguous' }],
])('says what a %i means for the call', (status, failure) => {
  expect(failureOfStatus(status, null)).toEqual(failure)
})

it.each([
  { said: 93_000, afterMs: 93_000 },
  { said: null, afterMs: 60_000 },
  { said: 0, afterMs: 1_000 },
])('waits $afterMs ms after a 429 that says $said', ({ said, afterMs }) => {
  expect(failureOfStatus(429, said)).toEqual({ kind: 'limited', scope: 'destination', afterMs })
})

it.each([
  ['ECONNREFUSED', 'transient'],
  ['ENOTFOUND', 'transient'],
  ['UND_ERR_CONNECT_TIMEOUT', 'transient'],
  ['ECONNRESET', 'ambiguous'],
  ['UND_ERR_SOCKET', 'ambiguous'],
])('says what %s means for the call', (code, kind) => {
  const cause = Object.assign(new Error(code), { code })
  expect(failureOfNetwork(new TypeError('fetch failed', { cause }))).toEqual({ kind })
})

it('takes a time-out for ambiguous', () => {
  expect(failureOfNetwork(new DOMException('timed out', 'TimeoutError'))).toEqual({ kind: 'ambiguous' })
})
