import type { Server, Socket } from 'socket.io'
import type { Identity } from '../../access/tokens.ts'
import type { AgentId, SessionId, VisitorId } from '../../contract/ids.ts'
import type { ClientToServer, ServerToClient } from '../../contract/socket.ts'
import type { Suspect } from '../abuse/block-set.ts'
import type { TeamNews } from '../agents/team-news.ts'
import type { Backlog } from './backlog.ts'
import type { Following } from './rooms.ts'

interface BetweenNodes {
  committed(session: SessionId, head: number): void
  /** An account was changed, or a session of it has ended. */
  agent_changed(agent: AgentId): void
  /** A chat came into the queue (`since`, epoch ms) or left it. */
  queue_moved(session: SessionId, since: number | null): void
  /** For the agents in these rooms. */
  team_news(rooms: readonly string[], news: TeamNews): void
}

export interface SocketData {
  identity: Identity
  /** Where it comes from, as far as our proxies tell. */
  ip: string | undefined
  /** Of a visitor who is in their chat. */
  suspect?: Suspect
  following: Map<SessionId, Following>
  backlog: Backlog
  /** When it was last told that somebody types here, epoch ms. */
  typedAt?: number
  typing: Map<SessionId, NodeJS.Timeout>
  /** The customer that a proof on its way makes of this visitor. */
  becomes?: VisitorId
}

export type ChatServer = Server<ClientToServer, ServerToClient, BetweenNodes, SocketData>
export type ChatSocket = Socket<ClientToServer, ServerToClient, BetweenNodes, SocketData>
