import type { ReadLog } from '../../../bridge/port/call.ts'
import { type EventOf, isPerson, type LogEvent, type Visitor } from '../../../contract/event.ts'
import type { AgentId, Seq } from '../../../contract/ids.ts'
import type { Standing } from '../tags.ts'

export type MessageEvent = EventOf<'message'>

export const isMessage = (event: LogEvent): event is MessageEvent => event.type === 'message'

/** To the visitor, by a person of the team. */
export const isAnswer = (event: LogEvent): event is MessageEvent =>
  isMessage(event) && !event.body.internal && (event.actor.kind === 'agent' || event.actor.kind === 'colleague')

/** What we or a bot say by ourselves, a greeting for instance, is nothing that somebody has to answer. */
export const isByPerson = (event: LogEvent): boolean => isMessage(event) && isPerson(event.actor)

/** A chat as it is at one place in its log. */
export interface Story {
  /** As they are there: edited, and without those that were deleted or erased. */
  messages: readonly MessageEvent[]
  /** Of the last closing: what lies before it has its own transcript. */
  closedAt: Seq
  /** Began outside the hours, and nobody of the team has answered or ended it. */
  isLeft: boolean
  standing: Standing
  /** As far as they changed since the chat began. */
  visitor: Visitor | null
  /** Who of the agents here answered last, elsewhere than in the ticket: whose that is is decided there. */
  agent: AgentId | null
}

const beginning: Story = { messages: [], closedAt: 0, isLeft: false, standing: 'live', visitor: null, agent: null }

/** With all events up to `seq`, which is among them. */
export async function storyUpTo(seq: Seq, readLog: ReadLog): Promise<Story> {
  let story = beginning
  for await (const event of eventsBetween(0, seq, readLog)) story = withEvent(story, event)
  return story
}

/** What the story so far is with one more event. */
export function withEvent(before: Story, event: LogEvent): Story {
  const story = { ...before, standing: standingWith(before.standing, event), messages: revised(before.messages, event) }
  switch (event.type) {
    case 'session_started':
      return { ...story, isLeft: event.body.offline === true }
    case 'visitor_updated':
      return { ...story, visitor: event.body.visitor }
    case 'session_closed':
      return { ...story, closedAt: event.seq, isLeft: story.isLeft && !isByTeam(event) }
    case 'message': {
      const isOurs = isAnswer(event) && event.origin !== 'zendesk'
      const agent = event.actor.kind === 'agent' && isOurs ? event.actor.id : story.agent
      return { ...story, agent, isLeft: story.isLeft && !isAnswer(event) }
    }
    default:
      return story
  }
}

const isByTeam = ({ body: { reason } }: EventOf<'session_closed'>): boolean => reason === 'agent' || reason === 'admin'

/** How the chat stands with an event: whether the visitor reads it in the chat, and the ticket mails nothing. */
function standingWith(standing: Standing, event: LogEvent): Standing {
  switch (event.type) {
    case 'session_closed':
      return 'ended'
    case 'session_reopened':
      return 'live'
    case 'emailed':
      return event.body.byTicket ? 'away' : standing
    case 'message':
      if (event.actor.kind === 'visitor') return 'live'
      return standing === 'ended' && isAnswer(event) ? 'away' : standing
    default:
      return standing
  }
}

/** The messages with what an event makes of them. */
export function revised(messages: readonly MessageEvent[], event: LogEvent): readonly MessageEvent[] {
  switch (event.type) {
    case 'message':
      return event.erased ? messages : [...messages, event]
    case 'message_deleted':
      return messages.filter(({ _id }) => _id !== event.body.message)
    case 'message_edited':
      return messages.map((message) => edited(message, event))
    default:
      return messages
  }
}

const edited = (message: MessageEvent, { body }: EventOf<'message_edited'>): MessageEvent =>
  message._id === body.message ? { ...message, body: { ...message.body, content: body.content } } : message

/**
 * The answers that the visitor was found to have missed, as they are now. What an agent wrote in the ticket while the chat
 * was not live is not among them: Zendesk has mailed it.
 */
export async function missedAnswers({ body, seq }: EventOf<'emailed'>, readLog: ReadLog): Promise<MessageEvent[]> {
  const since = body.byTicket?.after ?? seq
  const mailedThere = new Set<string>()
  let standing: Standing = 'live'
  let messages: readonly MessageEvent[] = []
  for await (const event of eventsBetween(0, seq - 1, readLog)) {
    if (standing !== 'live' && event.origin === 'zendesk') mailedThere.add(event._id)
    standing = standingWith(standing, event)
    if (event.seq > since) messages = revised(messages, event)
  }
  return messages.filter((event) => isAnswer(event) && event.seq <= body.upTo && !mailedThere.has(event._id))
}

async function* eventsBetween(after: Seq, last: Seq, readLog: ReadLog): AsyncGenerator<LogEvent> {
  for (let read = after; read < last; ) {
    const page = await readLog(read, last - read)
    const end = page.at(-1)
    if (!end) return
    yield* page.filter(({ seq }) => seq <= last)
    read = end.seq
  }
}
