import type { ChatPart } from '../part.ts'
import type { ChatServer } from '../realtime/socket.ts'
import { type AgentRoutesDeps, agentRoutes } from './routes.ts'
import type { Statuses } from './statuses.ts'
import { roomsFor } from './team.ts'
import { teamRoutes } from './team-routes.ts'

/** Accounts, and who of the team is there. */
export function agentsPart(deps: AgentRoutesDeps & { statuses: Statuses; io: ChatServer; sweepMs: number }): ChatPart {
  const { io, statuses, who } = deps
  who.onAgent((agent) => void statuses.stirred(agent))
  statuses.onChanged(({ agent, inboxes, to }) => {
    io.to(roomsFor({ inboxes })).emit('agent_status', { agentId: agent, status: to })
  })
  return {
    mount: (app) => app.route('/api/admin/agents', agentRoutes(deps)).route('/api/chat/agents', teamRoutes(deps)),
    sweeps: [{ name: 'agents', everyMs: deps.sweepMs, run: statuses.sweep }],
  }
}
