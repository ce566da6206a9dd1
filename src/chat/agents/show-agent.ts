import type { ShownAgent, TeamMember } from '../../contract/agent.ts'
import type { Agent } from './agents.ts'

/** Field by field: what else stands in the document is nobody's business. */
export const showAgent = (agent: Agent): ShownAgent => ({
  id: agent._id,
  name: agent.name,
  email: agent.email,
  role: agent.role,
  capacity: agent.granted ?? agent.capacity,
  takes: agent.capacity,
  skills: agent.skills,
  teams: agent.teams,
  inboxes: agent.inboxes,
  priority: agent.priority,
  status: agent.status,
  statusSince: agent.statusSince.toISOString(),
  chats: agent.reserved.length,
  active: !agent.deactivatedAt,
  createdAt: agent.createdAt.toISOString(),
})
/** What colleagues see. */
export const showMember = (agent: Agent): TeamMember => {
  const { id, name, role, status, statusSince, teams, skills, chats, capacity, takes } = showAgent(agent)
  return { id, name, role, status, statusSince, teams, skills, chats, capacity, takes }
}
