import type { Connection } from 'mongoose'
import type { AgentId, Seq, SessionId } from '../../contract/ids.ts'
import type { Agent } from '../agents/agents.ts'
import type { Member } from './rank-agents.ts'
import type { Reservation } from './reservation.ts'

/**
 * What must hold of an agent at the moment in which a place is taken. `routing`: they are as they were when they were
 * chosen, so that two processes do not both choose the one who has least to do. `asked`: a person wants it so.
 * `overridden`: a supervisor does, whatever the capacity.
 */
export type Demand = { kind: 'routing'; seen: Member } | { kind: 'asked'; capacity: number } | { kind: 'overridden' }

/** Places in the agents' capacities, which span the logs of all chats. */
export interface Places {
  /** Everybody with an account that is not over. */
  team(): Promise<Member[]>
  member(id: AgentId): Promise<Member | null>
  /** Takes a place. Null: the demand does not hold, and nothing was written. */
  take(agent: AgentId, chat: { session: SessionId; after: Seq }, demand: Demand): Promise<Member | null>
  /** Whoever has a place for the chat, dead or alive. */
  holders(session: SessionId): Promise<Member[]>
  /** Everybody with a place. */
  busy(): Promise<Member[]>
  /** Those of them who are offline, or whose account is over. */
  gone(): Promise<Member[]>
  /** A place that is theirs by the log, whatever their capacity. */
  add(agent: AgentId, place: Pick<Reservation, 'session' | 'after'>): Promise<void>
  remove(agent: AgentId, place: Pick<Reservation, 'session' | 'after'>): Promise<void>
}

const fields = {
  name: 1,
  status: 1,
  capacity: 1,
  skills: 1,
  teams: 1,
  inboxes: 1,
  priority: 1,
  reserved: 1,
  routed: 1,
} as const
const noLonger = { $exists: false }

export function createPlaces(deps: { connection: Connection; now(): number }): Places {
  const agents = deps.connection.collection<Agent>('agents')
  const find = (filter: Record<string, unknown>) => agents.find<Member>(filter, { projection: fields }).toArray()

  return {
    team: () => find({ deactivatedAt: noLonger }),
    member: (id) => agents.findOne<Member>({ _id: id, deactivatedAt: noLonger }, { projection: fields }),
    async take(agent, { session, after }, demand) {
      const at = new Date(deps.now())
      const taken = await agents.findOneAndUpdate(
        { _id: agent, deactivatedAt: noLonger, 'reserved.session': { $ne: session }, ...conditionOf(demand) },
        {
          $push: { reserved: { session, after, at } },
          ...(demand.kind === 'routing' && { $inc: { 'routed.count': 1 }, $set: { 'routed.at': at } }),
        },
        { returnDocument: 'after', projection: fields },
      )
      // Whoever asks twice finds their place taken; routing leaves it to the process that took it.
      if (taken || demand.kind === 'routing') return taken
      return agents.findOne<Member>(
        { _id: agent, reserved: { $elemMatch: { session, after } } },
        { projection: fields },
      )
    },
    holders: (session) => find({ 'reserved.session': session }),
    busy: () => find({ 'reserved.0': { $exists: true } }),
    gone: () =>
      find({ 'reserved.0': { $exists: true }, $or: [{ status: 'offline' }, { deactivatedAt: { $exists: true } }] }),
    async add(agent, { session, after }) {
      const place = { session, after, at: new Date(deps.now()) }
      await agents.updateOne({ _id: agent, 'reserved.session': { $ne: session } }, { $push: { reserved: place } })
    },
    async remove(agent, { session, after }) {
      await agents.updateOne({ _id: agent }, { $pull: { reserved: { session, after } } })
    },
  }
}

function conditionOf(demand: Demand): Record<string, unknown> {
  switch (demand.kind) {
    case 'routing': {
      const { capacity, routed } = demand.seen
      return { status: 'online', 'routed.count': routed?.count ?? null, ...roomWithin(capacity) }
    }
    case 'asked':
      return { status: { $ne: 'offline' }, ...roomWithin(demand.capacity) }
    case 'overridden':
      return { status: { $ne: 'offline' } }
  }
}

/** No last element means room. A capacity that was changed meanwhile does not match; of none nothing does. */
const roomWithin = (capacity: number): Record<string, unknown> =>
  capacity > 0 ? { capacity, [`reserved.${capacity - 1}`]: { $exists: false } } : { capacity: { $lt: 0 } }
