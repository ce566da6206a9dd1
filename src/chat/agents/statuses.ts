import type { Connection } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { AgentId } from '../../contract/ids.ts'
import { isFresh } from '../../platform/clock.ts'
import type { Limits } from '../../platform/settings.ts'
import type { Presence, Whereabouts } from '../presence/presence.ts'
import type { Agent } from './agents.ts'
import { nextStatus } from './next-status.ts'

export interface StatusChange {
  agent: AgentId
  inboxes: readonly string[]
  from: AgentStatus
  to: AgentStatus
  /** Since when. */
  at: Date
}

/** The statuses of agents: chosen, or found out from what they do and from their devices. */
export interface Statuses {
  /** Chosen by themselves and kept until they choose again. Throws `not_found`. */
  choose(agent: AgentId, status: AgentStatus): Promise<void>
  /** They did something: whoever was away by themself is online again. Most of it is not written. Never throws. */
  stirred(agent: AgentId): Promise<void>
  /** A device of theirs was connected: whoever was offline by themself is back. Never throws. */
  connected(agent: AgentId): Promise<void>
  /** They were deactivated. */
  retire(agent: AgentId): Promise<void>
  /** Finds who has become away or offline meanwhile. May run twice at once. */
  sweep(): Promise<void>
  /** Told of each change once, in the process that made it, after it was written: a hint, which a crash can lose. */
  onChanged(listener: (change: StatusChange) => void): void
}

type Known = Pick<Agent, '_id' | 'status' | 'chosen' | 'activeAt' | 'signs' | 'inboxes' | 'createdAt'>
const projection = { status: 1, chosen: 1, activeAt: 1, signs: 1, inboxes: 1, createdAt: 1 } as const
const active = { deactivatedAt: { $exists: false } }
/** What is known of somebody's last sign of life is this part of the patience behind, at most. */
const coarseness = 10

export function createStatuses(deps: {
  connection: Connection
  presence: Pick<Presence, 'whereabouts'>
  limits: Pick<Limits, 'agentAwayAfter' | 'agentOfflineAfter'>
  now(): number
  onError(error: unknown): void
}): Statuses {
  const { presence, limits, now, onError } = deps
  const agents = deps.connection.collection<Agent>('agents')
  const listeners: ((change: StatusChange) => void)[] = []
  const writtenAt = new Map<AgentId, number>()

  const tell = ({ _id, inboxes, status }: Known, to: AgentStatus, at: Date) => {
    for (const listener of listeners) listener({ agent: _id, inboxes, from: status, to, at })
  }

  /** Only if they have given no sign since `agent` was read: that sign decides for itself. */
  const put = async (agent: Known, to: AgentStatus, more: Partial<Agent> = {}): Promise<boolean> => {
    if (to === agent.status) return true
    const asRead = { _id: agent._id, status: agent.status, signs: agent.signs ?? { $exists: false }, ...active }
    const at = new Date(now())
    const { modifiedCount } = await agents.updateOne(asRead, { $set: { ...more, status: to, statusSince: at } })
    if (modifiedCount === 1) tell(agent, to, at)
    return modifiedCount === 1
  }

  const decide = (agent: Known, devices: Whereabouts): Promise<boolean> => {
    const { status, chosen = 'online', activeAt = agent.createdAt } = agent
    // To come back is a sign of life, whoever finds it out first.
    const seen = status === 'offline' && devices.kind === 'here' ? new Date(now()) : activeAt
    const next = nextStatus({ status, chosen, activeAt: seen.getTime() }, devices, now(), limits)
    return put(agent, next, seen === activeAt ? {} : { activeAt: seen })
  }

  const sign = (agent: AgentId, seen: Partial<Pick<Agent, 'chosen' | 'activeAt'>>): Promise<Known | null> =>
    agents.findOneAndUpdate(
      { _id: agent, ...active },
      { $inc: { signs: 1 }, ...(Object.keys(seen).length > 0 && { $set: seen }) },
      { returnDocument: 'after', projection },
    )

  const stirred = async (id: AgentId): Promise<void> => {
    const at = now()
    if (isFresh(writtenAt.get(id) ?? 0, at, limits.agentAwayAfter / coarseness)) return
    writtenAt.set(id, at)
    const agent = await sign(id, { activeAt: new Date(at) })
    if (!agent || agent.status === (agent.chosen ?? 'online')) return
    const [devices = { kind: 'unknown' as const }] = await presence.whereabouts([`agent:${id}`])
    await decide(agent, devices)
  }

  /** The device is there, whatever else happens meanwhile. */
  const connected = async (id: AgentId): Promise<void> => {
    const agent = await sign(id, {})
    if (!agent || agent.status === (agent.chosen ?? 'online')) return
    // It may have overtaken another sign of theirs, which left the decision to the last one.
    if (agent.status !== 'offline') return void (await decide(agent, { kind: 'here' }))
    if (!(await put(agent, agent.chosen ?? 'online', { activeAt: new Date(now()) }))) await connected(id)
  }

  return {
    onChanged: (listener) => void listeners.push(listener),
    async choose(id, status) {
      // One write with the choice itself: no sign of life may come between the two.
      const at = new Date(now())
      const before = await agents.findOneAndUpdate(
        { _id: id, ...active, status: { $ne: status } },
        { $set: { chosen: status, status, statusSince: at, activeAt: at }, $inc: { signs: 1 } },
        { projection },
      )
      if (before) tell(before, status, at)
      else if (!(await sign(id, { chosen: status, activeAt: at }))) throw new DeskbridgeError('not_found')
    },
    stirred: (id) =>
      stirred(id).catch((error: unknown) => {
        writtenAt.delete(id)
        onError(error)
      }),
    connected: (id) => connected(id).catch(onError),
    async retire(id) {
      const at = new Date(now())
      const change = { $set: { status: 'offline' as const, statusSince: at } }
      const agent = await agents.findOneAndUpdate({ _id: id, status: { $ne: 'offline' } }, change, { projection })
      if (agent) tell(agent, 'offline', at)
    },
    async sweep() {
      const all = await agents.find<Known>(active, { projection }).toArray()
      const devices = await presence.whereabouts(all.map(({ _id }) => `agent:${_id}` as const))
      for (const [index, agent] of all.entries()) await decide(agent, devices[index] ?? { kind: 'unknown' })
    },
  }
}
