import type { SessionStatus } from '../../contract/chat.ts'
import type { Channel, LogEvent, Visitor } from '../../contract/event.ts'
import type { AgentId, Epoch, Seq, SessionId } from '../../contract/ids.ts'

/** What decisions about a session are taken on. */
export interface SessionSummary {
  id: SessionId
  epoch: Epoch
  seq: Seq
  inbox: string
  channel: Channel
  status: SessionStatus
  visitor: Visitor
  /** Left outside the inbox's hours and not answered yet: nobody is kept waiting for it. */
  offline: boolean
  /** Who answers it, has answered or joined and not left, in the order in which they came. */
  agents: { id: string; name: string }[]
  /** Whose chat it is to answer. */
  assignee: Assignee | null
  /** Who had it last, and is asked first when it comes back. */
  lastAssignee: AgentId | null
  /** Only agents of this team are asked. */
  team: string | null
  /** Who lost it unanswered or gave it away since the team last wrote, and is asked last. */
  passedBy: AgentId[]
  /** Since when the visitor has waited for an answer; its place in the queue, kept while it goes from one agent to the next. */
  waitingSince: Date | null
  /** Where it last changed hands: came into the queue or left it, to whomever. Whoever hands it on says after which change. */
  hands: Seq
  /** When it last left the queue. */
  servedAt: Date | null
  /** The visitor's last message and the team's last to the visitor. */
  asked: Moment | null
  answered: Moment | null
  tags: string[]
  createdAt: Date
  lastMessageAt: Date | null
  /** The last sign of life of a person. */
  activity: Moment
  /** The visitor was told that the chat is about to time out, and has not stirred since. */
  warned: boolean
  /** What the service has said by itself since somebody of the team last answered. */
  said: string[]
  /** How often and when last the team was told that the visitor waits, by rule. */
  alerted: { rule: number; nth: number; at: Date }[]
  closedSeq: Seq | null
  closedAt: Date | null
  resolution: string | null
  rating: number | null
  reopenings: number
  messages: number
  /** How far each participant has read, and how far it has reached their devices. */
  readUpTo: Record<string, Seq>
  deliveredUpTo: Record<string, Seq>
  /** What the visitor was sent by email. */
  emailedUpTo: Seq
  /** The first answer that the visitor has neither read nor been sent. `ours`: not all of them are mailed where they were written. */
  missed: (Moment & { ours: boolean }) | null
  /** What an agent writes in the ticket is mailed by Zendesk: not while the chat is live. */
  ticketMails: boolean
  /** Where a ticket was asked for since the last closing. */
  ticketRequested: Seq | null
  /** Where it stands elsewhere, as it was linked last. */
  ticket: { system: string; id: string; url: string } | null
  /** The visitor's last sign of life when who answers was told that they have left. */
  toldLeft: Seq | null
  /** Words by which the visitor is found. */
  visitorTerms: string[]
  erasedUpTo: Seq
  /** Since its last closing, or since something was said after an erasure; null when there is nothing to erase. */
  keptSince: Date | null
}

export interface Assignee {
  id: AgentId
  name: string
  since: Date
  /** The change of hands before the one that gave it to them: names the place that is theirs for it. */
  after: Seq
}

export interface Moment {
  at: Date
  seq: Seq
}

export const timeoutRule = 'timeout-warning'
export const visitorLeftRule = 'visitor-left'

/** The visitor or the one who answers, by an id without dots: it becomes a field's name. */
export const participantOf = (event: Pick<LogEvent, 'actor'>): string => {
  const { actor } = event
  return actor.kind === 'system' ? `system-${actor.rule}` : actor.id.replaceAll(/[.$]/g, '_')
}
