import { expect, it } from 'vitest'
import type { ConnectorHealth, ConnectorState } from '../../../src/contract/connector-health.ts'
import { behindSaid, budgetOf, hasToRetry, heldUp, nextTryOf, paceOf, saidOf } from './words.ts'

const now = Date.parse('2026-05-10T12:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const none = { count: 0, isMore: false }

const standing = (state: ConnectorState): ConnectorHealth => ({
  ...{ name: 'slack', isConnected: true, settings: [], state, places: [], callsUnderWay: 0 },
  ...{ behind: { chats: none, events: 0, oldestSince: null }, stopped: { chats: none, isolated: 0 } },
  ...{ lastSuccessAt: null, lastHeardAt: null, lastFailures: [], budgets: [] },
})

const paused = {
  kind: 'paused',
  by: { kind: 'agent', id: 'a', name: 'Ada' },
  since: at(-3),
  reason: 'it moves',
} as const

it.each<[ConnectorState, string | undefined]>([
  [{ kind: 'working' }, undefined],
  [{ kind: 'off', next: 'Set them.' }, 'Slack is not connected.'],
  [paused, 'Slack was paused by Ada 3 minutes ago: “it moves”'],
  [
    { ...paused, by: { kind: 'admin', id: 'key', name: null }, reason: null },
    'Slack was paused by the administrator’s key 3 minutes ago.',
  ],
  [
    { kind: 'waiting', for: 'rate_limit', since: null, until: at(2), next: 'Nothing.' },
    'Slack takes no more calls for now. It is tried again in 2 minutes.',
  ],
  [
    { kind: 'waiting', for: 'outage', since: at(-9), until: null, next: 'Nothing.' },
    'Slack stopped answering 9 minutes ago.',
  ],
  [
    { kind: 'stopped', since: at(-60), reason: 'token_revoked', next: 'Mend it.' },
    'Slack stopped 1 hour ago: token_revoked',
  ],
])('says how a connector stands: %j', (state, said) => {
  expect(saidOf(standing(state), now)?.what).toBe(said)
})

it.each([
  [none, 0, null, 'Nothing waits'],
  [{ count: 1, isMore: false }, 1, at(-5), '1 chat with 1 event, the oldest for 5 min'],
  [{ count: 10_000, isMore: true }, 34_567, null, 'more than 10,000 chats with 34,567 events'],
] as const)('says how much waits: %j', (chats, events, oldestSince, said) => {
  expect(behindSaid({ chats, events, oldestSince }, now)).toBe(said)
})

it.each([
  [true, null, 'Under way'],
  [false, null, 'Once it is resumed'],
  [false, at(-1), 'Now'],
  [false, at(2), 'in 2 minutes'],
] as const)('says when a chat is tried next: %j %s', (isCallUnderWay, nextTryAt, said) => {
  expect(nextTryOf({ isCallUnderWay, nextTryAt }, now)).toBe(said)
})

it('names a pace by its window', () => {
  const paces = [60_000, 1_000, 10_000].map((windowMs) => paceOf({ limit: 50, windowMs }))
  expect(paces).toEqual(['50 a minute', '50 a second', '50 in 10 s'])
})

it('names a budget among those of its connector', () => {
  expect(['slack:posts:C1', 'zendesk:requests', 'own'].map((name) => budgetOf({ name }))).toEqual([
    'posts C1',
    'requests',
    'own',
  ])
})

it('has a retry where something would be tried', () => {
  const working = standing({ kind: 'working' })
  const behind = { ...working.behind, chats: { count: 1, isMore: false } }
  const stopped = { kind: 'stopped', since: at(-1), reason: '', next: '' } as const
  expect([working, { ...working, behind }, standing(stopped)].map(hasToRetry)).toEqual([false, true, true])
})

it('holds up nobody with what passes by itself', () => {
  const outage = { kind: 'waiting', for: 'outage', since: null, until: null, next: '' } as const
  expect(heldUp([standing(paused), standing(outage), standing({ kind: 'working' })])).toEqual([standing(paused)])
})
