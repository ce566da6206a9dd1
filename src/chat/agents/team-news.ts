import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId, SessionId } from '../../contract/ids.ts'
import type { ChatServer } from '../realtime/socket.ts'

/** What agents are told outside of a chat: best effort, and made up for by whoever reads again. */
export type TeamNews =
  | { event: 'agent_status'; data: { agentId: AgentId; status: AgentStatus } }
  | { event: 'chats_changed'; data: { sessionIds: readonly SessionId[] } }

/** Tells agents on every node, whether a socket or a stream has them. */
export interface TeamNewsTeller {
  tell(rooms: readonly string[], news: TeamNews): void
  /** For what is no socket: each piece of news of these rooms once. Answers how to end it. */
  follow(rooms: readonly string[], listener: (news: TeamNews) => void): () => void
}

interface Follower {
  rooms: readonly string[]
  listener(news: TeamNews): void
}

export function createTeamNews(io: ChatServer): TeamNewsTeller {
  const followers = new Set<Follower>()

  const tellHere = (rooms: readonly string[], news: TeamNews) => {
    const sockets = io.local.to([...rooms])
    if (news.event === 'agent_status') sockets.emit(news.event, news.data)
    else sockets.emit(news.event, news.data)
    for (const { rooms: own, listener } of followers) if (own.some((room) => rooms.includes(room))) listener(news)
  }
  io.on('team_news', tellHere)

  return {
    tell(rooms, news) {
      tellHere(rooms, news)
      io.serverSideEmit('team_news', rooms, news)
    },
    follow(rooms, listener) {
      const follower = { rooms, listener }
      followers.add(follower)
      return () => void followers.delete(follower)
    },
  }
}
