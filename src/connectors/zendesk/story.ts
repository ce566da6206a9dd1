import type { ReadLog } from '../../bridge/port.ts'
import type { EventOf, LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { Standing } from './tags.ts'

type MessageEvent = EventOf<'message'>

export const isMessage = (event: LogEvent): event is MessageEvent => event.type === 'message'

interface Story {
  /** Of the stretch that the closing ends, as they are at its end: what an earlier closing ended has its own transcript. */
  messages: MessageEvent[]
  /** Left outside the hours and ended by nobody of the team, who have not answered either: the ticket is still to be. */
  isLeft: boolean
}

/** What was said before a closing. */
export async function storyBefore(closing: EventOf<'session_closed'>, readLog: ReadLog): Promise<Story> {
  const byTeam = closing.body.reason === 'agent' || closing.body.reason === 'admin'
  const story: Story = { messages: [], isLeft: false }
  for (let after = 0; after < closing.seq - 1; ) {
    const page = await readLog(after, closing.seq - 1 - after)
    const last = page.at(-1)
    if (!last) break
    for (const event of page) {
      if (isMessage(event) && !event.erased) story.messages.push(event)
      if (isAnswer(event)) story.isLeft = false
      if (event.type === 'session_started') story.isLeft = event.body.offline === true && !byTeam
      if (event.type === 'session_closed') story.messages = []
      story.messages = revised(story.messages, event)
    }
    after = last.seq
  }
  return story
}

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

/** With all events up to `seq`. */
export async function standingAt(seq: Seq, readLog: ReadLog): Promise<Standing> {
  let standing: Standing = 'live'
  for (let after = 0; after < seq; ) {
    const page = await readLog(after, seq - after)
    const last = page.at(-1)
    if (!last) break
    standing = page.reduce(standingWith, standing)
    after = last.seq
  }
  return standing
}

/**
 * The answers that the visitor was found to have missed, as they are now. What an agent wrote in the ticket while the chat
 * was not live is not among them: Zendesk has mailed it.
 */
export async function missedAnswers({ body, seq }: EventOf<'emailed'>, readLog: ReadLog): Promise<MessageEvent[]> {
  const since = body.byTicket?.after ?? seq
  let answers: MessageEvent[] = []
  let standing: Standing = 'live'
  for (let after = 0; after < seq - 1; ) {
    const page = await readLog(after, seq - 1 - after)
    const last = page.at(-1)
    if (!last) break
    for (const event of page) {
      const isMissed = event.seq > since && event.seq <= body.upTo && isAnswer(event)
      const isMailed = standing !== 'live' && event.origin === 'zendesk'
      if (isMissed && isMessage(event) && !isMailed) answers.push(event)
      standing = standingWith(standing, event)
      answers = revised(answers, event)
    }
    after = last.seq
  }
  return answers
}

const isAnswer = (event: LogEvent): boolean =>
  isMessage(event) && !event.body.internal && (event.actor.kind === 'agent' || event.actor.kind === 'colleague')

const edited = (message: MessageEvent, { body }: EventOf<'message_edited'>): MessageEvent =>
  message._id === body.message ? { ...message, body: { ...message.body, content: body.content } } : message

function revised(messages: MessageEvent[], event: LogEvent): MessageEvent[] {
  if (event.type === 'message_deleted') return messages.filter(({ _id }) => _id !== event.body.message)
  if (event.type === 'message_edited') return messages.map((message) => edited(message, event))
  return messages
}
