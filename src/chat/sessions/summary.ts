import type { SessionStatus } from '../../contract/chat.ts'
import type { LogEvent, Visitor } from '../../contract/event.ts'
import type { Epoch, Seq, SessionId } from '../../contract/ids.ts'

/** What decisions about a session are taken on. */
export interface SessionSummary {
  id: SessionId
  epoch: Epoch
  seq: Seq
  inbox: string
  status: SessionStatus
  visitor: Visitor
  /** Who has answered or joined, in the order in which they came. */
  agents: { id: string; name: string }[]
  createdAt: Date
  lastMessageAt: Date | null
  closedSeq: Seq | null
  messages: number
  /** How far each participant has read. */
  readUpTo: Record<string, Seq>
}

/** A message in a closed chat reopens it: no event of its own, so that nothing can come between the two. */
export function foldSummary(state: SessionSummary | undefined, event: LogEvent): SessionSummary {
  if (event.type === 'session_started') return started(event)
  if (!state) throw new Error(`the log of ${event.session} begins with ${event.type}`)
  const next = { ...state, seq: event.seq }
  switch (event.type) {
    case 'message':
      return {
        ...next,
        status: 'open',
        agents: withPerson(state.agents, event),
        messages: state.messages + 1,
        lastMessageAt: event.at,
      }
    case 'agent_joined':
      return { ...next, agents: withPerson(state.agents, event) }
    case 'message_read':
      return { ...next, readUpTo: { ...state.readUpTo, [participantOf(event)]: event.body.upTo } }
    case 'session_closed':
      return { ...next, status: 'closed', closedSeq: event.seq }
  }
}

const started = (event: Extract<LogEvent, { type: 'session_started' }>): SessionSummary => ({
  id: event.session,
  epoch: event.body.epoch,
  seq: event.seq,
  inbox: event.body.inbox,
  status: 'open',
  visitor: event.body.visitor,
  agents: [],
  createdAt: event.at,
  lastMessageAt: null,
  closedSeq: null,
  messages: 0,
  readUpTo: {},
})

/** The visitor or the one who answers, by an id without dots: it becomes a field's name. */
export const participantOf = (event: Pick<LogEvent, 'actor'>): string => {
  const { actor } = event
  return actor.kind === 'system' ? `system-${actor.rule}` : actor.id.replaceAll(/[.$]/g, '_')
}

function withPerson(agents: SessionSummary['agents'], { actor }: LogEvent): SessionSummary['agents'] {
  if (actor.kind !== 'agent' && actor.kind !== 'colleague') return agents
  if (agents.some((agent) => agent.id === actor.id)) return agents
  return [...agents, { id: actor.id, name: actor.name }]
}
