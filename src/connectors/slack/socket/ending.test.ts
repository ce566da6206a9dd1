import { expect, it } from 'vitest'
import { type Problem, SlackProblem } from '../problem.ts'
import { type Ending, nextAttempt, wordsFor } from './ending.ts'

const refused = (problem: Problem): Ending => ({
  kind: 'refused',
  problem: new SlackProblem('apps.connections.open', problem),
})
const lost: Ending = { kind: 'lost' }
const delay = (failures: number) => failures * 1_000

it.each<[string, Ending, { failures: number; lastedMs: number }, { failures: number; waitMs: number }]>([
  ['at once after one that held', lost, { failures: 3, lastedMs: 60_000 }, { failures: 0, waitMs: 0 }],
  ['later with each that did not', lost, { failures: 1, lastedMs: 9_999 }, { failures: 2, waitMs: 2_000 }],
  [
    'when Slack says that it may',
    refused({ kind: 'rate_limited', afterMs: 30_000 }),
    { failures: 0, lastedMs: 0 },
    { failures: 1, waitMs: 30_000 },
  ],
])('connects again %s', (_, ending, before, after) => {
  expect(nextAttempt(ending, before, delay)).toEqual(after)
})

it.each<[string, Ending, RegExp, RegExp]>([
  ['a token that is refused', refused({ kind: 'refusal', code: 'invalid_auth' }), /invalid_auth/, /App-Level Tokens/],
  [
    'a scope that is missing',
    refused({ kind: 'refusal', code: 'missing_scope', needed: 'connections:write' }),
    /needed: connections:write/,
    /App-Level Tokens/,
  ],
  ['trouble at Slack', refused({ kind: 'refusal', code: 'internal_error' }), /internal_error/, /by itself/],
  ['a way that is barred', refused({ kind: 'not_sent' }), /could not be reached/, /over HTTPS/],
  ['Socket Mode that is off', { kind: 'told', reason: 'link_disabled' }, /turned off/, /Enable Socket Mode/],
  ['too many', { kind: 'told', reason: 'too_many_websockets' }, /ten/, /fewer processes/],
  ['a reason that is new', { kind: 'told', reason: 'full_moon' }, /full_moon/, /by itself/],
  ['one that does not hold', lost, /does not hold/, /WebSockets/],
])('tells of %s, and what to do', (_, ending, what, todo) => {
  expect(wordsFor(ending, 1)).toEqual({ what: expect.stringMatching(what), todo: expect.stringMatching(todo) })
})

it.each<[string, Ending]>([
  ['a warning', { kind: 'told', reason: 'warning' }],
  ['a refresh', { kind: 'told', reason: 'refresh_requested' }],
  ['one that held and was lost', lost],
])('says nothing of %s', (_, ending) => {
  expect(wordsFor(ending, 0)).toBeNull()
})
