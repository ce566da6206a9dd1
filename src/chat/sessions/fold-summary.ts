import { type Actor, type EventOf, isPerson, type LogEvent, type Visitor } from '../../contract/event.ts'
import type { Fold } from '../../log/log.ts'
import { termsOfVisitor } from '../search/terms-of-visitor.ts'
import { foldAssignment, handed, served, waiting } from './fold-assignment.ts'
import { foldMissed } from './fold-missed.ts'
import { participantOf, type SessionSummary, timeoutRule } from './summary.ts'

/** `version` goes up with every change of what a summary holds or means. */
export const summaryFold: Fold<SessionSummary> = { version: 10, apply: foldSummary }

/** A message in a closed chat reopens it: no event of its own, so that nothing can come between the two. */
export function foldSummary(state: SessionSummary | undefined, event: LogEvent): SessionSummary {
  if (event.type === 'session_started') return started(event)
  if (!state) throw new Error(`the log of ${event.session} begins with ${event.type}`)
  return foldMissed(handed(state, changed(state, event), event.at), event)
}

function changed(state: SessionSummary, event: Exclude<LogEvent, { type: 'session_started' }>): SessionSummary {
  const next = withActivity({ ...state, seq: event.seq }, event)
  switch (event.type) {
    case 'message':
      return withMessage(next, event)
    case 'message_edited':
    case 'message_deleted':
      return next
    case 'visitor_updated':
      return { ...next, visitor: event.body.visitor, visitorTerms: termsOfVisitor(event.body.visitor) }
    case 'assigned':
    case 'unassigned':
    case 'transferred':
      return foldAssignment(next, event)
    case 'agent_joined':
      return { ...next, agents: withPerson(state.agents, event.actor) }
    case 'agent_left':
      return { ...next, agents: state.agents.filter(({ id }) => !('id' in event.actor) || id !== event.actor.id) }
    case 'message_read':
      return { ...next, readUpTo: withMark(state.readUpTo, event) }
    case 'message_delivered':
      return { ...next, deliveredUpTo: withMark(state.deliveredUpTo, event) }
    case 'tags_changed':
      return { ...next, tags: event.body.tags }
    case 'session_closed':
      return closed(next, event)
    case 'session_reopened':
      return reopened(next, event.at)
    case 'rated':
      return { ...next, rating: event.body.score }
    case 'emailed':
      return withEmail(next, event)
    case 'ticket_requested':
      return { ...next, ticketRequested: event.seq }
    case 'alerted':
      return { ...next, alerted: withAlert(state.alerted, event) }
    case 'ticket_linked':
      return { ...next, ticket: event.body }
    case 'erased':
      return {
        ...next,
        visitor: { id: state.visitor.id },
        visitorTerms: [],
        erasedUpTo: event.body.upTo,
        // Whom the emails before it went to is no longer known, so nothing may rest on it.
        emailedUpTo: event.seq,
        keptSince: null,
      }
    case 'restored':
      return { ...next, epoch: event.body.epoch }
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
  offline: event.body.offline ?? false,
  agents: [],
  assignee: null,
  lastAssignee: null,
  team: null,
  passedBy: [],
  waitingSince: null,
  hands: event.seq,
  servedAt: null,
  asked: null,
  answered: null,
  tags: [],
  createdAt: event.at,
  lastMessageAt: null,
  activity: { at: event.at, seq: event.seq },
  warned: false,
  said: [],
  alerted: [],
  closedSeq: null,
  closedAt: null,
  resolution: null,
  rating: null,
  reopenings: 0,
  messages: 0,
  readUpTo: {},
  deliveredUpTo: {},
  emailedUpTo: 0,
  missed: null,
  ticketMails: false,
  ticketRequested: null,
  ticket: null,
  toldLeft: null,
  visitorTerms: termsOfVisitor(event.body.visitor),
  erasedUpTo: 0,
  keptSince: null,
})

/** What the service does by itself, and what a browser does without anybody's doing, is no activity. */
function withActivity(before: SessionSummary, event: LogEvent): SessionSummary {
  const state = event.type === 'visitor_updated' ? withMarksOf(before, event.body.visitor) : before
  if (!isPerson(event.actor) || event.type === 'message_delivered') return state
  return { ...state, activity: { at: event.at, seq: event.seq }, warned: false }
}

const withAlert = (told: SessionSummary['alerted'], { at, body: { rule, nth } }: EventOf<'alerted'>) => [
  ...told.filter((alert) => alert.rule !== rule),
  { rule, nth, at },
]

/** A mark never goes back, whatever the log says. */
function withMark(
  marks: SessionSummary['readUpTo'],
  event: EventOf<'message_read'> | EventOf<'message_delivered'>,
): SessionSummary['readUpTo'] {
  const participant = participantOf(event)
  return { ...marks, [participant]: Math.max(event.body.upTo, marks[participant] ?? 0) }
}

/** Whoever is known by another id from now on has read what they had read. */
function withMarksOf(state: SessionSummary, { id }: Visitor): SessionSummary {
  if (id === state.visitor.id) return state
  const carried = (marks: SessionSummary['readUpTo']) => {
    const mark = marks[state.visitor.id]
    return mark === undefined ? marks : { ...marks, [id]: Math.max(mark, marks[id] ?? 0) }
  }
  return { ...state, readUpTo: carried(state.readUpTo), deliveredUpTo: carried(state.deliveredUpTo) }
}

function withMessage(state: SessionSummary, event: EventOf<'message'>): SessionSummary {
  const { actor, body } = event
  const keptSince = state.keptSince ?? event.at
  const next = { ...state, messages: state.messages + 1, lastMessageAt: event.at, keptSince }
  switch (actor.kind) {
    case 'system':
      return { ...next, warned: state.warned || actor.rule === timeoutRule, said: [...state.said, actor.rule] }
    case 'admin':
    case 'bot':
      return next
    case 'visitor': {
      const asked = { ...next, asked: { at: event.at, seq: event.seq }, waitingSince: state.waitingSince ?? event.at }
      return state.status === 'closed' ? reopened(asked, event.at) : asked
    }
    case 'agent':
    case 'colleague':
      return body.internal ? { ...next, agents: withPerson(state.agents, actor) } : answered(next, event)
  }
}

/** A transcript that somebody else was sent is not news to the visitor. */
const withEmail = (state: SessionSummary, { body }: EventOf<'emailed'>): SessionSummary =>
  body.what === 'answers' || body.to === state.visitor.email
    ? { ...state, emailedUpTo: Math.max(state.emailedUpTo, body.upTo) }
    : state

const reopened = (state: SessionSummary, at: Date): SessionSummary => ({
  ...waiting(state, at),
  rating: null,
  reopenings: state.reopenings + 1,
})

/** Whoever answers a chat that waits takes it out of the queue, in Slack and in the ticket as well. */
function answered(state: SessionSummary, event: EventOf<'message'>): SessionSummary {
  return {
    ...served(state),
    status: 'active',
    answered: { at: event.at, seq: event.seq },
    agents: withPerson(state.agents, event.actor),
    ...(state.status === 'closed' && { rating: null, reopenings: state.reopenings + 1 }),
  }
}

const closed = (state: SessionSummary, { seq, at, body }: EventOf<'session_closed'>): SessionSummary => ({
  ...served(state),
  status: 'closed',
  assignee: null,
  lastAssignee: state.assignee?.id ?? state.lastAssignee,
  team: null,
  ticketRequested: null,
  closedSeq: seq,
  closedAt: at,
  resolution: body.resolution,
  rating: null,
  keptSince: at,
})

function withPerson(agents: SessionSummary['agents'], actor: Actor): SessionSummary['agents'] {
  if (actor.kind !== 'agent' && actor.kind !== 'colleague') return agents
  if (agents.some((agent) => agent.id === actor.id)) return agents
  return [...agents, { id: actor.id, name: actor.name }]
}
