import { expect, it } from 'vitest'
import { createRenewable } from './renewable.ts'

/** A secret of an account whose answers are these, and a clock. */
function aSecret(answers: (string | null)[]) {
  const clock = { now: 1_000_000 }
  let asked = 0
  const ask = async () => answers[asked++] ?? null
  return { clock, asked: () => asked, ...createRenewable({ ask, now: () => clock.now }) }
}

it('is asked for once, and again when it does not fit, at most once a minute', async () => {
  const secret = aSecret(['first', 'second', 'second'])
  expect([await secret.known(), await secret.known(), await secret.renewed(), secret.asked()]).toEqual([
    'first',
    'first',
    null,
    1,
  ])
  secret.clock.now += 60_000
  expect([await secret.renewed(), await secret.renewed(), await secret.known(), secret.asked()]).toEqual([
    'second',
    null,
    'second',
    2,
  ])
})

it('is looked for again when the account had none', async () => {
  const secret = aSecret([null, 'made meanwhile'])
  const before = [await secret.known(), await secret.known()]
  secret.clock.now += 60_000
  expect([before, await secret.known(), secret.asked()]).toEqual([[null, null], 'made meanwhile', 2])
})
