import { expect, it } from 'vitest'
import { arrivedOf } from './arrivals.ts'

const messages = [
  { seq: 2, at: 1_000 },
  { seq: 4, at: 3_000 },
]

it('says when each message first came to each place, in time’s order', () => {
  const arrivals = [
    { to: 'zendesk', from: 1, upTo: 4, at: 9_000 },
    { to: 'slack', from: 2, upTo: 4, at: 5_000 },
    { to: 'slack', from: 1, upTo: 2, at: 1_500 },
    { to: 'carrier-pigeon', from: 1, upTo: 4, at: 2_000 },
  ]
  expect(arrivedOf(messages, arrivals, [])).toEqual([
    { to: 'slack', seq: 2, at: 1_500, ms: 500 },
    { to: 'slack', seq: 4, at: 5_000, ms: 2_000 },
    { to: 'zendesk', seq: 2, at: 9_000, ms: 8_000 },
    { to: 'zendesk', seq: 4, at: 9_000, ms: 6_000 },
  ])
})

it('keeps what was known, whatever the records say or no longer say', () => {
  const before = [{ to: 'slack' as const, seq: 2, at: 1_500, ms: 500 }]
  expect([
    arrivedOf(messages, [], before),
    arrivedOf(messages, [{ to: 'slack', from: 1, upTo: 4, at: 8_000 }], before),
  ]).toEqual([before, [...before, { to: 'slack', seq: 4, at: 8_000, ms: 5_000 }]])
})

it('takes an arrival that a clock dates before its message for one at once', () => {
  expect(arrivedOf(messages, [{ to: 'webhook', from: 2, upTo: 2, at: 400 }], [])).toEqual([
    { to: 'webhook', seq: 2, at: 1_000, ms: 0 },
  ])
})
