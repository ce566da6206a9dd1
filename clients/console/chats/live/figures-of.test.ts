import { expect, it } from 'vitest'
import type { TeamMember } from '../../../../src/contract/agent.ts'
import { aRow, ofMe } from '../../../../test/support/listed-chat.ts'
import { byAgent, figuresOf } from './figures-of.ts'

const aMember = (id: string, more: Partial<TeamMember> = {}): TeamMember => ({
  ...{ id: id as TeamMember['id'], name: id, role: 'agent', status: 'online', statusSince: '2026-01-01T09:00:00.000Z' },
  ...{ teams: [], skills: [], chats: 1, capacity: 9, takes: 3 },
  ...more,
})
const now = Date.parse('2026-01-01T10:10:00.000Z')
const due = '2026-01-01T10:02:00.000Z'

it('says who waits, since when, what is late and who has room', () => {
  const open = [
    aRow('a', { dueAt: due }),
    aRow('b', { session: { waitingSince: '2026-01-01T10:09:00.000Z' } }),
    aRow('left', { session: { offline: true } }),
    aRow('c', { ...ofMe(), dueAt: due }),
  ]
  const team = [aMember('me'), aMember('full', { chats: 5 }), aMember('away', { status: 'away' })]
  expect(figuresOf(open, team, now)).toEqual({
    ...{ waiting: 2, longestWaitMs: 600_000, late: 2, inHand: 1, online: 2, freePlaces: 2 },
  })
})

it('has no longest wait where nobody waits', () => {
  expect(figuresOf([], [], now).longestWaitMs).toBe(null)
})

it('shows who is there and has most first', () => {
  const open = [aRow('a', ofMe()), aRow('b', ofMe()), aRow('c')]
  const team = [aMember('gone', { status: 'offline' }), aMember('idle'), aMember('me')]
  expect(byAgent(open, team).map(({ member, chats }) => [member.id, chats.length])).toEqual([
    ['me', 2],
    ['idle', 0],
    ['gone', 0],
  ])
})
