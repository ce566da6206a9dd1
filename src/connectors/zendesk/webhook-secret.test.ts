import { expect, it } from 'vitest'
import { createWebhookSecret } from './webhook-secret.ts'

/** A secret of an account whose answers are these, and a clock. */
function aSecret(answers: (string | null)[], configured?: string) {
  const clock = { now: 1_000_000 }
  let asked = 0
  const ask = async () => answers[asked++] ?? null
  return { clock, asked: () => asked, ...createWebhookSecret({ configured, ask, now: () => clock.now }) }
}

it('is the configured one, for good', async () => {
  const secret = aSecret([], 'ours')
  expect([await secret.known(), await secret.renewed(), secret.asked()]).toEqual(['ours', null, 0])
})

it('is asked for once, and again when a signature does not fit, at most once a minute', async () => {
  const secret = aSecret(['first', 'second', 'second'])
  expect([await secret.known(), await secret.known(), await secret.renewed(), secret.asked()]).toEqual([
    'first',
    'first',
    null,
    1,
  ])
  secret.clock.now += 60_000
  expect([await secret.renewed(), await secret.renewed(), await secret.known()]).toEqual(['second', null, 'second'])
  secret.clock.now += 60_000
  expect([await secret.renewed(), secret.asked()]).toEqual([null, 3])
})

it('is looked for again when the account had no webhook', async () => {
  const secret = aSecret([null, 'made meanwhile'])
  const before = [await secret.known(), await secret.known()]
  secret.clock.now += 60_000
  expect([before, await secret.known(), secret.asked()]).toEqual([[null, null], 'made meanwhile', 2])
})
