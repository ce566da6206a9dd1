import { type Connection, Schema } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId } from '../../contract/ids.ts'
import { dayMs } from '../calendar/calendar.ts'

/** From `at` on the agent was that, until their next one. Written once and never changed. */
export interface StatusEntry {
  agent: AgentId
  status: AgentStatus
  at: Date
}

const schema = new Schema({ agent: String, status: String, at: Date }, { versionKey: false })
schema.index({ agent: 1, at: 1 }, { unique: true })
schema.index({ at: 1 })

export const agentStatusModel = (connection: Connection) => connection.model('AgentStatus', schema, 'agent_statuses')
export const statusEntriesOf = (connection: Connection) => connection.collection<StatusEntry>('agent_statuses')

/** Each agent is written down anew within so long, changed or not: what somebody was is known from the entries of that time. ms */
export const anewMs = dayMs
/** A sweep may be late, and a service may have been down. ms */
const lookBackMs = 3 * anewMs

/** What each agent was from `from` on, up to `until`, in order; beginning with what they were at `from`. Epoch ms. */
export async function readStatuses(
  connection: Connection,
  from: number,
  until: number,
): Promise<ReadonlyMap<AgentId, readonly StatusEntry[]>> {
  const entries = await statusEntriesOf(connection)
    .find({ at: { $gt: new Date(from - lookBackMs), $lt: new Date(until) } }, { projection: { _id: 0 } })
    .sort({ at: 1 })
    .toArray()
  const histories = Map.groupBy(entries, ({ agent }) => agent)
  return new Map([...histories].map(([agent, history]) => [agent, since(history, from)]))
}

/** Beginning with the newest of those before. */
function since(history: readonly StatusEntry[], from: number): readonly StatusEntry[] {
  const first = history.findLastIndex(({ at }) => at.getTime() <= from)
  return first === -1 ? history : history.slice(first)
}
