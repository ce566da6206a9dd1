import type { ReadLog } from '../../bridge/port.ts'
import type { EventOf, LogEvent } from '../../contract/event.ts'

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

/** The answers that the visitor was found to have missed, as they are now; not those of the ticket itself, which Zendesk has mailed. */
export async function missedAnswers({ body, seq }: EventOf<'emailed'>, readLog: ReadLog): Promise<MessageEvent[]> {
  let answers: MessageEvent[] = []
  for (let after = body.byTicket?.after ?? seq; after < seq - 1; ) {
    const page = await readLog(after, seq - 1 - after)
    const last = page.at(-1)
    if (!last) break
    const found = page.filter(isMessage).filter(isAnswer)
    answers.push(...found.filter((event) => event.seq <= body.upTo && event.origin !== 'zendesk'))
    answers = page.reduce(revised, answers)
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
