import { expect, it } from 'vitest'
import type { Failure } from '../../bridge/port/failure.ts'
import { classified, failureOf, withoutEffect } from './failures.ts'
import { type Problem, SlackProblem } from './problem.ts'

const refusal = (code: string): Problem => ({ kind: 'refusal', code })
const table: [Problem, Failure][] = [
  [{ kind: 'not_sent' }, { kind: 'transient' }],
  [{ kind: 'no_answer' }, { kind: 'ambiguous' }],
  [{ kind: 'unreadable' }, { kind: 'ambiguous' }],
  [{ kind: 'http', status: 404 }, { kind: 'transient' }],
  [{ kind: 'http', status: 408 }, { kind: 'ambiguous' }],
  [{ kind: 'http', status: 302 }, { kind: 'ambiguous' }],
  [{ kind: 'http', status: 503 }, { kind: 'ambiguous' }],
  [
    { kind: 'rate_limited', afterMs: 7_000 },
    { kind: 'limited', scope: 'destination', afterMs: 7_000 },
  ],
  [refusal('ratelimited'), { kind: 'limited', scope: 'destination', afterMs: 30_000 }],
  [refusal('internal_error'), { kind: 'ambiguous' }],
  [refusal('fatal_error'), { kind: 'ambiguous' }],
  [refusal('request_timeout'), { kind: 'transient' }],
  [refusal('thread_not_found'), { kind: 'repair', remote: {}, unseen: true, readFirst: true }],
  [refusal('is_archived'), { kind: 'halted' }],
  [refusal('token_revoked'), { kind: 'halted' }],
  [refusal('restricted_action_of_tomorrow'), { kind: 'halted' }],
  [refusal('msg_too_long'), { kind: 'refused' }],
  [refusal('never_heard_of'), { kind: 'ambiguous' }],
]

it.each(table)('%j means %j', (problem, failure) => {
  expect(failureOf(problem, 'destination')).toEqual(failure)
})

it('lets a limit on reading stop the reader alone', () => {
  const failure = failureOf({ kind: 'rate_limited', afterMs: 1_000 }, 'link')
  expect(failure).toEqual({ kind: 'limited', scope: 'link', afterMs: 1_000 })
})

it('keeps the code of a refusal', async () => {
  const run = () => Promise.reject(new SlackProblem('users.info', refusal('is_archived')))
  await expect(classified('link', run)).rejects.toMatchObject({ failure: { kind: 'halted' }, code: 'is_archived' })
})

it('calls what failed on the way to a post harmless, unless somebody has to act or wait', async () => {
  const kindAfter = (problem: Problem) =>
    withoutEffect(() => Promise.reject(new SlackProblem('auth.test', problem))).catch((error) => error.failure.kind)
  const problems: Problem[] = [{ kind: 'no_answer' }, refusal('invalid_auth'), { kind: 'rate_limited', afterMs: 1_000 }]
  expect(await Promise.all(problems.map(kindAfter))).toEqual(['transient', 'halted', 'limited'])
})
