import type { Connection } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { Agent } from './agents.ts'

/** Who of the team is there, and since when. Whoever was deactivated is offline. */
export type AgentsNow = () => Promise<
  { id: AgentId; name: string; inboxes: readonly string[]; status: AgentStatus; since: Date }[]
>

export const createAgentsNow =
  (connection: Connection): AgentsNow =>
  async () => {
    const projection = { name: 1, inboxes: 1, status: 1, statusSince: 1 } as const
    const all = await connection.collection<Agent>('agents').find({}, { projection }).sort({ _id: 1 }).toArray()
    return all.map(({ _id: id, name, inboxes, status, statusSince: since }) => ({ id, name, inboxes, status, since }))
  }
