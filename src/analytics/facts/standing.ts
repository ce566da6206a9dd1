import type { SessionStatus } from '../../contract/chat.ts'
import type { Channel } from '../../contract/event.ts'
import type { AgentId } from '../../contract/ids.ts'

/** What a chat is to its own rules, as far as figures are made of it: the chat folds it, and nobody else. */
export interface Standing {
  inbox: string
  channel: Channel
  status: SessionStatus
  offline: boolean
  assignee: { id: AgentId; name: string } | null
  team: string | null
  waitingSince: Date | null
  tags: readonly string[]
  createdAt: Date
  closedAt: Date | null
}

/** Nobody waits in a chat in which nothing was said, or that was left outside the hours. */
export const isQueued = (standing: Standing | undefined): boolean =>
  standing !== undefined && standing.status === 'queued' && standing.waitingSince !== null && !standing.offline
