import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, EventDraft, LogEvent } from '../../contract/event.ts'
import { AgentId, Epoch, EventKey, SessionId, VisitorId } from '../../contract/ids.ts'
import { Inbox } from '../../contract/inbox.ts'
import type { AppendRequest, Log } from '../../log/log.ts'
import { createIds } from '../../platform/ids.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import { foldSummary } from '../sessions/fold-summary.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { assignChat } from './assign-chat.ts'
import { handOver } from './hand-over.ts'
import type { Demand, Places } from './places.ts'
import type { Member } from './rank-agents.ts'
import { releaseChat } from './release-chat.ts'
import { standing } from './reservation.ts'
import { settlePlaces } from './settle-places.ts'
import { takeChat } from './take-chat.ts'
import { transferChat } from './transfer-chat.ts'

const ids = createIds()
const { assignment } = Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'] })
const agents = [0, 1, 2].map((index) => AgentId.parse(`agt_${String(index).padStart(24, '0')}`))
const sessions = [0, 1, 2, 3].map((index) => SessionId.parse(`ses_${String(index).padStart(24, '0')}`))
const visitor: Actor = { kind: 'visitor', id: VisitorId.parse(`vis_${'0'.repeat(24)}`) }

function nth<T>(all: readonly T[], index: number): T {
  const found = all[index]
  if (found === undefined) throw new Error(`no ${index}`)
  return found
}

/** Logs and agents' documents in memory: each operation is one step, as it is in the store. */
function aWorld(capacity: number) {
  const logs = new Map<SessionId, LogEvent[]>(sessions.map((session) => [session, []]))
  const members = new Map<AgentId, Member>(
    agents.map((_id, index) => [
      _id,
      {
        _id,
        name: `Agent ${index}`,
        status: 'online',
        capacity,
        skills: [],
        teams: ['all'],
        inboxes: [],
        priority: 0,
        reserved: [],
      },
    ]),
  )
  const stateOf = (session: SessionId) =>
    logs.get(session)?.reduce<SessionSummary | undefined>((state, event) => foldSummary(state, event), undefined)
  const append = ({ session, key, decide }: AppendRequest<SessionSummary>) => {
    const log = logs.get(session) ?? []
    const there = log.find((event) => event.key === key)
    const decision = decide(stateOf(session))
    if (there) return { event: there, repeated: true }
    if ('refuse' in decision) throw decision.refuse
    const seq = log.length + 1
    const envelope = { _id: ids.event(), session, seq, key, version: 1 as const, at: new Date(seq) }
    const event: LogEvent = { ...envelope, ...decision.append }
    log.push(event)
    return { event, repeated: false }
  }
  const holds = (member: Member, demand: Demand) => {
    if (demand.kind === 'overridden') return member.status !== 'offline'
    const hasRoom = member.reserved.length < capacity
    if (demand.kind === 'asked') return hasRoom && member.status !== 'offline'
    return hasRoom && member.status === 'online' && member.routed?.count === demand.seen.routed?.count
  }
  const store = {
    append,
    state: stateOf,
    team: () => [...members.values()],
    member: (id: AgentId) => members.get(id) ?? null,
    take(agent: AgentId, { session, after }: { session: SessionId; after: number }, demand: Demand) {
      const member = members.get(agent)
      if (!member) return null
      const isThere = member.reserved.find((place) => place.session === session)
      if (isThere) return isThere.after === after && demand.kind !== 'routing' ? member : null
      if (!holds(member, demand)) return null
      const routed = { count: (member.routed?.count ?? 0) + 1, at: new Date(0) }
      const reserved = [...member.reserved, { session, after, at: new Date(0) }]
      const taken = { ...member, reserved, ...(demand.kind === 'routing' && { routed }) }
      members.set(agent, taken)
      return taken
    },
    holders: (session: SessionId) =>
      [...members.values()].filter(({ reserved }) => reserved.some((place) => place.session === session)),
    remove(agent: AgentId, { session, after }: { session: SessionId; after: number }) {
      const member = members.get(agent)
      if (!member) return
      const reserved = member.reserved.filter((place) => place.session !== session || place.after !== after)
      members.set(agent, { ...member, reserved })
    },
  }
  const become = (agent: AgentId, status: Member['status']) => {
    const member = members.get(agent)
    if (member) members.set(agent, { ...member, status })
  }
  return { store, become, members, stateOf, logs }
}

type World = ReturnType<typeof aWorld>

/** What must hold at every moment: nobody has a chat without a place for it, and no more places than room. */
function check({ members, stateOf, logs }: World, capacity: number) {
  for (const { _id, reserved } of members.values()) {
    expect(reserved.length).toBeLessThanOrEqual(capacity)
    const own = sessions.map(stateOf).filter((state) => state?.assignee?.id === _id)
    for (const state of own)
      expect(
        reserved.filter((place) => standing(place, _id, state) === 'held' && place.session === state?.id),
      ).toHaveLength(1)
  }
  for (const log of logs.values()) {
    const hands = log.filter(({ type }) => type === 'assigned' || type === 'transferred' || type === 'unassigned')
    expect(new Set(hands.map(({ key }) => key)).size).toBe(hands.length)
  }
}

const draft = (type: 'message' | 'session_started' | 'session_closed'): EventDraft => {
  const origin = 'deskbridge'
  switch (type) {
    case 'session_started': {
      const body = {
        epoch: Epoch.parse('epochofnow'),
        inbox: 'shop',
        visitor: { id: ids.visitor() },
        channel: 'web',
      } as const
      return { type, actor: visitor, origin, body }
    }
    case 'message':
      return { type, actor: visitor, origin, body: { messageType: 'text', content: 'hi', internal: false } }
    case 'session_closed':
      return { type, actor: { kind: 'admin', id: 'key' }, origin, body: { resolution: 'res_1', reason: 'admin' } }
  }
}

type Act =
  | { kind: 'assign' | 'close' | 'write' | 'settle'; session: number }
  | { kind: 'take' | 'release' | 'lose'; session: number; agent: number }
  | { kind: 'transfer'; session: number; agent: number; to: number }
  | { kind: 'status'; agent: number; status: 'online' | 'offline' }

const index = (array: readonly unknown[]) => fc.nat({ max: array.length - 1 })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('assign'), session: index(sessions) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('close', 'write', 'settle'), session: index(sessions) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('take', 'release', 'lose'),
      session: index(sessions),
      agent: index(agents),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('transfer'),
      session: index(sessions),
      agent: index(agents),
      to: index(agents),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      agent: index(agents),
      status: fc.constantFrom('online', 'offline'),
    }),
  },
)

/** A process whose every step waits until it is let on, and that may end at any of them. */
function aProcess(world: World, step: (name: string) => Promise<void>, now: () => number) {
  const slow =
    <A extends unknown[], R>(name: string, run: (...args: A) => R) =>
    async (...args: A): Promise<Awaited<R>> => {
      await step(name)
      const done = await run(...args)
      await step(`${name}, answered`)
      return done
    }
  const { store } = world
  const never = () => Promise.reject(new Error('not part of this'))
  const log: Log<SessionSummary> = {
    append: slow('append', store.append),
    state: slow('state', store.state),
    read: never,
    find: never,
    onCommitted: () => {},
    projected: never,
    remakeStale: never,
    redact: never,
    projectRecent: never,
    heedRepairs: never,
  }
  const places: Places = {
    team: slow('team', store.team),
    member: slow('member', store.member),
    take: slow('take', store.take),
    holders: slow('holders', store.holders),
    remove: slow('remove', store.remove),
    busy: never,
    gone: never,
    add: never,
  }
  return { log, places, now, confirmWithin: 1_000 }
}

async function perform(deps: ReturnType<typeof aProcess>, world: World, one: Act): Promise<void> {
  const session = nth(sessions, 'session' in one ? one.session : 0)
  const agent = nth(agents, 'agent' in one ? one.agent : 0)
  const hand = { kind: 'agent', id: agent, name: world.members.get(agent)?.name ?? '', role: 'agent' } as const
  const key = (name: string) => EventKey.parse(`${name}:${ids.token()}`)
  switch (one.kind) {
    case 'assign': {
      const state = await deps.log.state(session)
      const team = new Map((await deps.places.team()).map((member) => [member._id, member]))
      if (state && isWaiting(state)) await assignChat(deps, assignment, team, state, state.lastAssignee)
      return
    }
    case 'close':
      await deps.log.append({
        session,
        key: key('close'),
        decide: (state) =>
          state?.status !== 'closed'
            ? { append: draft('session_closed') }
            : { refuse: new DeskbridgeError('session_closed') },
      })
      await settlePlaces(deps, session)
      return
    case 'write':
      await deps.log.append({ session, key: key('write'), decide: () => ({ append: draft('message') }) })
      return
    case 'settle':
      await settlePlaces(deps, session)
      return
    case 'take':
      await takeChat(deps, session, hand)
      return
    case 'release':
      await releaseChat(deps, session, hand)
      await settlePlaces(deps, session)
      return
    case 'lose': {
      const state = await deps.log.state(session)
      if (!state?.assignee) return
      const body = { agent: { id: state.assignee.id, name: state.assignee.name }, reason: 'no_answer' } as const
      const by = { kind: 'system', rule: 'routing' } as const
      await handOver(
        deps,
        { session, after: state.hands },
        { type: 'unassigned', actor: by, origin: 'deskbridge', body },
      )
      await settlePlaces(deps, session)
      return
    }
    case 'transfer':
      await transferChat(deps, session, { to: { agent: nth(agents, one.to) } }, hand)
      await settlePlaces(deps, session)
      return
    case 'status':
      world.become(agent, one.status)
  }
}

const start = (world: World) => {
  for (const session of sessions)
    for (const type of ['session_started', 'message'] as const)
      world.store.append({ session, key: EventKey.parse(`start:${type}`), decide: () => ({ append: draft(type) }) })
}

it('never exceeds a capacity, never gives a chat twice and loses no place for good, whatever comes between and ends where', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 2 }),
      fc.array(fc.record({ act, endsAfter: fc.option(fc.nat({ max: 12 }), { freq: 3 }) }), {
        minLength: 2,
        maxLength: 14,
      }),
      async (scheduler, capacity, acts) => {
        const world = aWorld(capacity)
        start(world)
        let clock = 0
        const work = acts.map(async ({ act: one, endsAfter }, number) => {
          let steps = 0
          const step = async (name: string) => {
            await scheduler.schedule(Promise.resolve(), `${number}: ${name}`)
            check(world, capacity)
            if (endsAfter !== null && steps >= endsAfter) throw new Error('the process ended')
            steps += 1
          }
          await step(one.kind)
          await perform(
            aProcess(world, step, () => clock),
            world,
            one,
          )
        })
        const outcomes = await scheduler.waitFor(Promise.allSettled(work))
        expect(
          outcomes.flatMap((one) => (one.status === 'rejected' && one.reason instanceof TypeError ? [one.reason] : [])),
        ).toEqual([])
        // What is left when all is quiet is made good by the sweep and the next look at the queue.
        clock = 1_000_000
        for (const agent of agents) world.become(agent, 'online')
        const quiet = aProcess(
          world,
          async () => {},
          () => clock,
        )
        for (let round = 0; round < 3; round += 1) {
          for (const session of sessions) await settlePlaces(quiet, session, new Date(clock))
          for (const session of sessions.toSorted(() => round - 1))
            await perform(quiet, world, { kind: 'assign', session: sessions.indexOf(session) })
        }
        check(world, capacity)
        const states = sessions.map(world.stateOf)
        const waiting = states.filter((state) => state && isWaiting(state)).length
        const free = [...world.members.values()].reduce((sum, { reserved }) => sum + capacity - reserved.length, 0)
        const owned = states.filter((state) => state?.assignee).length
        const taken = [...world.members.values()].reduce((sum, { reserved }) => sum + reserved.length, 0)
        expect({ waiting: free > 0 ? waiting : 0, taken }).toEqual({ waiting: 0, taken: owned })
      },
    ),
    { numRuns: 150 },
  )
})
