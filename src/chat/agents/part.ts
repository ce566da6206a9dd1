import type { ChatPart } from '../part.ts'
import { type AgentRoutesDeps, agentRoutes } from './routes.ts'
import type { Statuses } from './statuses.ts'
import { roomsFor } from './team.ts'
import type { TeamNewsTeller } from './team-news.ts'
import { type TeamRoutesDeps, teamRoutes } from './team-routes.ts'

/** Accounts, and who of the team is there. */
export function agentsPart(
  deps: AgentRoutesDeps & TeamRoutesDeps & { statuses: Statuses; teamNews: TeamNewsTeller; sweepMs: number },
): ChatPart {
  const { teamNews, statuses, who } = deps
  who.onAgent((agent) => void statuses.stirred(agent))
  statuses.onChanged(({ agent, inboxes, to }) => {
    teamNews.tell(roomsFor({ inboxes }), { event: 'agent_status', data: { agentId: agent, status: to } })
  })
  return {
    mount: (app) => app.route('/api/admin/agents', agentRoutes(deps)).route('/api/chat/agents', teamRoutes(deps)),
    sweeps: [{ name: 'agents', everyMs: deps.sweepMs, run: statuses.sweep }],
  }
}
