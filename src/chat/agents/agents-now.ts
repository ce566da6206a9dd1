import type { Connection } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { Agent } from './agents.ts'

interface AgentNow extends Pick<Agent, 'name' | 'role'> {
  id: AgentId
  inboxes: readonly string[]
  status: AgentStatus
  since: Date
  isActive: boolean
}

/** Who of the team is there, and since when. Whoever was deactivated is offline. */
export type AgentsNow = () => Promise<AgentNow[]>

export const createAgentsNow =
  (connection: Connection): AgentsNow =>
  async () => {
    const projection = { name: 1, role: 1, inboxes: 1, status: 1, statusSince: 1, deactivatedAt: 1 } as const
    const all = await connection.collection<Agent>('agents').find({}, { projection }).sort({ _id: 1 }).toArray()
    return all.map(({ _id: id, name, role, inboxes, status, statusSince: since, deactivatedAt }) => ({
      ...{ id, name, role, inboxes, status, since },
      isActive: deactivatedAt === undefined,
    }))
  }
