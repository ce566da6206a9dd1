import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AgentId } from '../../contract/ids.ts'
import { Inbox } from '../../contract/inbox.ts'
import { createIds } from '../../platform/ids.ts'
import { type Member, type RoutedChat, rankAgents } from './rank-agents.ts'

const ids = createIds()
const assigning = (assignment: object) =>
  Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'], assignment }).assignment
const agentId = (index: number) => AgentId.parse(`agt_${String(index).padStart(24, '0')}`)
const places = (count: number) =>
  Array.from({ length: count }, () => ({ session: ids.session(), after: 1, at: new Date(0) }))

const member = (index: number, about: Partial<Member> = {}): Member => ({
  _id: agentId(index),
  name: `Agent ${index}`,
  status: 'online',
  capacity: 5,
  skills: [],
  teams: [],
  inboxes: [],
  priority: 0,
  reserved: [],
  ...about,
})
const chat: RoutedChat = { id: ids.session(), inbox: 'shop', team: null, tags: [], passedBy: [] }
const order = (assignment: object, team: Member[], about: Partial<RoutedChat> = {}, last: AgentId | null = null) =>
  rankAgents(assigning(assignment), team, { ...chat, ...about }, last).map(({ _id }) => Number(_id.slice(4)))

const lately = (ms: number) => ({ routed: { count: 1, at: new Date(ms) } })

it('asks whoever has gone longest without a chat, newcomers first', () => {
  expect(
    order({ strategy: 'round_robin' }, [member(1, lately(20)), member(2, lately(10)), member(4), member(3)]),
  ).toEqual([3, 4, 2, 1])
})

it('asks whoever has most of their room left', () => {
  const team = [
    member(1, { reserved: places(2) }),
    member(2, { reserved: places(3), capacity: 10 }),
    member(3, lately(1)),
  ]
  expect(order({ strategy: 'least_busy' }, team)).toEqual([3, 2, 1])
})

it('asks by priority, and the less busy of two alike', () => {
  const team = [member(1, { priority: 1 }), member(2, { priority: 9, reserved: places(1) }), member(3, { priority: 9 })]
  expect(order({ strategy: 'priority' }, team)).toEqual([3, 2, 1])
})

it('asks who knows what the inbox and the chat’s tags ask for; a tag that is nobody’s skill asks for nothing', () => {
  const team = [
    member(1, { skills: ['french'] }),
    member(2, { skills: ['french', 'billing'] }),
    member(3, { skills: ['refunds'], status: 'offline' }),
  ]
  const asked = (tags: string[]) => order({ strategy: 'skill_based', skills: ['french'] }, team, { tags })
  expect([asked([]), asked(['vip']), asked(['billing', 'vip']), asked(['refunds'])]).toEqual([[1, 2], [1, 2], [2], []])
})

it('asks nobody by itself where chats are taken by hand', () => {
  expect(order({ strategy: 'manual' }, [member(1)])).toEqual([])
})

it('asks the last agent first, unless they lost it, have no room or the inbox does not want it', () => {
  const team = [member(1), member(2), member(3, { capacity: 0 })]
  expect([
    order({}, team, {}, agentId(2)),
    order({}, team, { passedBy: [agentId(2)] }, agentId(2)),
    order({}, team, {}, agentId(3)),
    order({ lastAgentFirst: false }, team, {}, agentId(2)),
  ]).toEqual([[2, 1], [1], [1, 2], [1, 2]])
})

it('waits for somebody who has not lost the chat, and asks the others again when there is nobody else', () => {
  const full = { capacity: 1, reserved: places(1) }
  const passedBy = [agentId(1)]
  expect([
    order({}, [member(1), member(2, full)], { passedBy }),
    order({}, [member(1), member(2, { status: 'away' })], { passedBy }),
  ]).toEqual([[], [1]])
})

const aMember = fc
  .record({
    status: fc.constantFrom<Member['status']>('online', 'away', 'busy', 'offline'),
    capacity: fc.integer({ min: 0, max: 3 }),
    taken: fc.integer({ min: 0, max: 4 }),
    skills: fc.subarray(['a', 'b']),
    teams: fc.subarray(['x', 'y']),
    inboxes: fc.subarray(['shop', 'other']),
    priority: fc.integer({ min: 0, max: 2 }),
    at: fc.option(fc.integer({ min: 0, max: 3 })),
  })
  .map(({ taken, at, ...about }) => ({ ...about, reserved: places(taken), ...(at !== null && lately(at)) }))
const strategy = fc.constantFrom('round_robin', 'least_busy', 'skill_based', 'priority')
const aChat = fc.record({ team: fc.constantFrom(null, 'x'), tags: fc.subarray(['a', 'b', 'c']) })

it('ranks only who is there, may see it, is of the team and has room, in the same order however they are listed', () => {
  fc.assert(
    fc.property(strategy, fc.array(aMember, { maxLength: 6 }), aChat, fc.integer(), (strategy, abouts, about, seed) => {
      const team = abouts.map((one, index) => member(index, one))
      const shuffled = team.toSorted(
        (a, b) => (((Number(a._id.slice(4)) + 1) * seed) % 7) - (((Number(b._id.slice(4)) + 1) * seed) % 7),
      )
      const ranked = rankAgents(assigning({ strategy }), team, { ...chat, ...about }, null)
      for (const one of ranked) {
        expect(one.status).toBe('online')
        expect(one.reserved.length).toBeLessThan(one.capacity)
        expect(one.inboxes.length === 0 || one.inboxes.includes('shop')).toBe(true)
        expect(about.team === null || one.teams.includes(about.team)).toBe(true)
      }
      expect(rankAgents(assigning({ strategy }), shuffled, { ...chat, ...about }, null)).toEqual(ranked)
    }),
  )
})

it('gives everybody the same number of chats, in turn, give or take one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (size, chats) => {
      let team = Array.from({ length: size }, (_, index) => member(index, { capacity: 100 }))
      for (let turn = 1; turn <= chats; turn += 1) {
        const [best] = rankAgents(assigning({ strategy: 'round_robin' }), team, chat, null)
        const given = (one: Member) => ({ ...one, routed: { count: (one.routed?.count ?? 0) + 1, at: new Date(turn) } })
        team = team.map((one) => (one._id === best?._id ? given(one) : one))
      }
      const counts = team.map(({ routed }) => routed?.count ?? 0)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
  )
})
