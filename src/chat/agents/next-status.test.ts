import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AgentStatus } from '../../contract/agent.ts'
import type { Whereabouts } from '../presence/presence.ts'
import { nextStatus } from './next-status.ts'

const minute = 60_000
const after = { agentAwayAfter: 5 * minute, agentOfflineAfter: minute }
const now = 1_000 * minute
const ago = (minutes: number) => now - minutes * minute
const here: Whereabouts = { kind: 'here' }
const unknown: Whereabouts = { kind: 'unknown' }
const gone = (minutes: number): Whereabouts => ({ kind: 'gone', since: ago(minutes) })
const neverSeen: Whereabouts = { kind: 'gone', since: null }

it.each([
  ['works', 'online', 'online', ago(1), here, 'online'],
  ['has not stirred for long', 'online', 'online', ago(5), here, 'away'],
  ['stirs again', 'away', 'online', now, here, 'online'],
  ['stirs again while nobody knows about devices', 'away', 'online', now, unknown, 'online'],
  ['lost the last device a moment ago', 'online', 'online', ago(2), gone(0.9), 'online'],
  ['lost the last device long ago', 'online', 'online', ago(2), gone(1), 'offline'],
  ['lost it long ago, but asks over HTTP', 'online', 'online', ago(0.5), gone(10), 'online'],
  ['was never seen on a device', 'online', 'online', ago(1), neverSeen, 'offline'],
  ['is offline and asks over HTTP', 'offline', 'online', now, gone(10), 'offline'],
  ['comes back with a device', 'offline', 'online', now, here, 'online'],
  ['is offline while nobody knows', 'offline', 'online', ago(1), unknown, 'offline'],
  ['is there while nobody knows', 'online', 'online', ago(1), unknown, 'online'],
  ['chose to be busy and stays so', 'busy', 'busy', ago(60), here, 'busy'],
  ['chose to be busy and is gone', 'busy', 'busy', ago(60), gone(2), 'offline'],
  ['chose to be busy and comes back', 'offline', 'busy', ago(60), here, 'busy'],
  ['chose to be away and works on', 'away', 'away', now, here, 'away'],
  ['chose to be offline and works on', 'offline', 'offline', now, here, 'offline'],
] as const)('an agent who %s', (_, status, chosen, activeAt, devices, next) => {
  expect(nextStatus({ status, chosen, activeAt }, devices, now, after)).toBe(next)
})

const devices: fc.Arbitrary<Whereabouts> = fc.oneof(
  fc.constant(here),
  fc.constant(unknown),
  fc
    .option(fc.integer({ min: 0, max: 30 }), { nil: null })
    .map((minutes) => (minutes === null ? neverSeen : gone(minutes))),
)
const status = fc.constantFrom(...AgentStatus.options)
const signs = fc.record({ status, chosen: status, activeAt: fc.integer({ min: 0, max: 30 }).map(ago) })

it('comes to rest: what was decided is decided again the same', () => {
  fc.assert(
    fc.property(signs, devices, (agent, where) => {
      const next = nextStatus(agent, where, now, after)
      expect(nextStatus({ ...agent, status: next }, where, now, after)).toBe(next)
    }),
  )
})

it('gives chats only to who chose to be online and stirred lately', () => {
  fc.assert(
    fc.property(signs, devices, (agent, where) => {
      if (nextStatus(agent, where, now, after) !== 'online') return
      expect([agent.chosen, now - agent.activeAt < after.agentAwayAfter]).toEqual(['online', true])
    }),
  )
})
