import type { SessionStatus } from '../../contract/chat.ts'
import type { Actor, Channel, EventOf, LogEvent, Visitor } from '../../contract/event.ts'
import type { Epoch, Seq, SessionId } from '../../contract/ids.ts'

/** What decisions about a session are taken on. */
export interface SessionSummary {
  id: SessionId
  epoch: Epoch
  seq: Seq
  inbox: string
  channel: Channel
  status: SessionStatus
  visitor: Visitor
  /** Who has answered or joined and not left, in the order in which they came. */
  agents: { id: string; name: string }[]
  tags: string[]
  createdAt: Date
  lastMessageAt: Date | null
  /** The last sign of life of a person. */
  activity: { at: Date; seq: Seq }
  /** The visitor was told that the chat is about to time out, and has not stirred since. */
  warned: boolean
  closedSeq: Seq | null
  closedAt: Date | null
  resolution: string | null
  rating: number | null
  reopenings: number
  messages: number
  /** How far each participant has read, and how far it has reached their devices. */
  readUpTo: Record<string, Seq>
  deliveredUpTo: Record<string, Seq>
}

export const timeoutRule = 'timeout-warning'

/** A message in a closed chat reopens it: no event of its own, so that nothing can come between the two. */
export function foldSummary(state: SessionSummary | undefined, event: LogEvent): SessionSummary {
  if (event.type === 'session_started') return started(event)
  if (!state) throw new Error(`the log of ${event.session} begins with ${event.type}`)
  const next = withActivity({ ...state, seq: event.seq }, event)
  switch (event.type) {
    case 'message':
      return withMessage(next, event)
    case 'message_edited':
    case 'message_deleted':
      return next
    case 'agent_joined':
      return { ...next, agents: withPerson(state.agents, event.actor) }
    case 'agent_left':
      return { ...next, agents: state.agents.filter(({ id }) => !('id' in event.actor) || id !== event.actor.id) }
    case 'message_read':
      return { ...next, readUpTo: { ...state.readUpTo, [participantOf(event)]: event.body.upTo } }
    case 'message_delivered':
      return { ...next, deliveredUpTo: { ...state.deliveredUpTo, [participantOf(event)]: event.body.upTo } }
    case 'tags_changed':
      return { ...next, tags: event.body.tags }
    case 'session_closed':
      return closed(next, event)
    case 'rated':
      return { ...next, rating: event.body.score }
  }
}

const started = (event: EventOf<'session_started'>): SessionSummary => ({
  id: event.session,
  epoch: event.body.epoch,
  seq: event.seq,
  inbox: event.body.inbox,
  channel: event.body.channel,
  status: 'queued',
  visitor: event.body.visitor,
  agents: [],
  tags: [],
  createdAt: event.at,
  lastMessageAt: null,
  activity: { at: event.at, seq: event.seq },
  warned: false,
  closedSeq: null,
  closedAt: null,
  resolution: null,
  rating: null,
  reopenings: 0,
  messages: 0,
  readUpTo: {},
  deliveredUpTo: {},
})

/** What the service does by itself, and what a browser does without anybody's doing, is no activity. */
function withActivity(state: SessionSummary, event: LogEvent): SessionSummary {
  const byPerson = event.actor.kind !== 'system' && event.actor.kind !== 'admin'
  if (!byPerson || event.type === 'message_delivered') return state
  return { ...state, activity: { at: event.at, seq: event.seq }, warned: false }
}

function withMessage(state: SessionSummary, event: EventOf<'message'>): SessionSummary {
  const { actor, body } = event
  const next = { ...state, messages: state.messages + 1, lastMessageAt: event.at }
  switch (actor.kind) {
    case 'system':
      return { ...next, warned: state.warned || actor.rule === timeoutRule }
    case 'admin':
      return next
    case 'visitor':
      return state.status === 'closed' ? reopened(next) : next
    case 'agent':
    case 'colleague':
      return body.internal ? { ...next, agents: withPerson(state.agents, actor) } : answered(next, event)
  }
}

const reopened = (state: SessionSummary): SessionSummary => ({
  ...state,
  status: 'queued',
  rating: null,
  reopenings: state.reopenings + 1,
})

/** Whoever answers a chat that waits takes it out of the queue, in Slack and in the ticket as well. */
function answered(state: SessionSummary, event: EventOf<'message'>): SessionSummary {
  return {
    ...state,
    status: 'active',
    agents: withPerson(state.agents, event.actor),
    ...(state.status === 'closed' && { rating: null, reopenings: state.reopenings + 1 }),
  }
}

const closed = (state: SessionSummary, { seq, at, body }: EventOf<'session_closed'>): SessionSummary => ({
  ...state,
  status: 'closed',
  closedSeq: seq,
  closedAt: at,
  resolution: body.resolution,
  rating: null,
})

/** The visitor or the one who answers, by an id without dots: it becomes a field's name. */
export const participantOf = (event: Pick<LogEvent, 'actor'>): string => {
  const { actor } = event
  return actor.kind === 'system' ? `system-${actor.rule}` : actor.id.replaceAll(/[.$]/g, '_')
}

function withPerson(agents: SessionSummary['agents'], actor: Actor): SessionSummary['agents'] {
  if (actor.kind !== 'agent' && actor.kind !== 'colleague') return agents
  if (agents.some((agent) => agent.id === actor.id)) return agents
  return [...agents, { id: actor.id, name: actor.name }]
}
