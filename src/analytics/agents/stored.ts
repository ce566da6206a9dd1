import { type Connection, Schema } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId } from '../../contract/ids.ts'

/** From `at` on the agent was that, until their next one. Written once and never changed. */
export interface StatusEntry {
  agent: AgentId
  status: AgentStatus
  at: Date
}

const schema = new Schema({ agent: String, status: String, at: Date }, { versionKey: false })
// Newest first: the newest of each agent is found without reading the others.
schema.index({ agent: 1, at: -1 }, { unique: true })

export const agentStatusModel = (connection: Connection) => connection.model('AgentStatus', schema, 'agent_statuses')
export const statusEntriesOf = (connection: Connection) => connection.collection<StatusEntry>('agent_statuses')

/** The newest of each agent, of those up to `until` where that is given. */
export async function newestStatuses(connection: Connection, until?: Date): Promise<Map<AgentId, StatusEntry>> {
  const newest = await statusEntriesOf(connection)
    .aggregate<StatusEntry>([
      ...(until ? [{ $match: { at: { $lte: until } } }] : []),
      { $sort: { agent: 1, at: -1 } },
      { $group: { _id: '$agent', status: { $first: '$status' }, at: { $first: '$at' } } },
      { $project: { _id: 0, agent: '$_id', status: 1, at: 1 } },
    ])
    .toArray()
  return new Map(newest.map((entry) => [entry.agent, entry]))
}
