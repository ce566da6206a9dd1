import type { Connection } from 'mongoose'
import type { Visitor } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from './summary.ts'

/** A chat as it stands, for who answers it elsewhere. */
interface ChatNow {
  inbox: string
  status: SessionSummary['status']
  visitor: Visitor
  assignee: string | null
  answeredBy: readonly string[]
  waitingSince: Date | null
  rating: number | null
  /** Of the same visitor in the same inbox. */
  earlierChats: number
  ticket: { id: string; url: string | null } | null
}

export interface ChatFacts {
  of(session: SessionId): Promise<ChatNow | null>
}

/** Counted no further: who has been here so often is known. */
const mostCounted = 100

export const createChatFacts = ({
  log,
  connection,
}: Pick<ChatDeps, 'log'> & { connection: Connection }): ChatFacts => ({
  async of(session) {
    const state = await log.state(session)
    if (!state) return null
    const { status, visitor, assignee, agents, waitingSince, rating, inbox, createdAt, ticket = null } = state
    const earlier = { 'state.visitor.id': visitor.id, 'state.inbox': inbox, 'state.createdAt': { $lt: createdAt } }
    const earlierChats = await summariesOf<SessionSummary>(connection).countDocuments(earlier, { limit: mostCounted })
    return {
      ...{ inbox, status, visitor, waitingSince, rating, earlierChats },
      assignee: assignee?.name ?? null,
      answeredBy: agents.map(({ name }) => name),
      ticket: ticket && { id: ticket.id, url: ticket.url },
    }
  },
})
