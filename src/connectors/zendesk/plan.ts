import { z } from 'zod'
import type { Budget, LinkView, NextCall, ReadLog } from '../../bridge/port.ts'
import { type EventOf, type LogEvent, Visitor } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import { fitting, joined, packed, paragraph } from './text.ts'

/** A frozen call's content. */
export const Body = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), text: z.string(), visitor: Visitor, followUpOf: z.string().optional() }),
  z.object({
    kind: z.literal('comment'),
    text: z.string(),
    public: z.boolean(),
    status: z.enum(['open', 'solved']).optional(),
  }),
])
export type Body = z.infer<typeof Body>

type MessageEvent = Extract<LogEvent, { type: 'message' }>

export interface BudgetsOfTicket {
  create: readonly Budget[]
  update: readonly Budget[]
}

const isMessage = (event: LogEvent): event is MessageEvent => event.type === 'message'

/** What lies before the next closing and fits into one comment: the longer it waited, the more goes along. */
function openingOf(events: readonly LogEvent[]) {
  const closing = events.findIndex((event) => event.type === 'session_closed')
  const messages = (closing === -1 ? events : events.slice(0, closing)).filter(isMessage)
  const taken = messages.slice(0, fitting(messages.map(paragraph)))
  const first = taken.at(0)
  const last = taken.at(-1)
  if (!first || !last) return null
  const byVisitor = taken.some((event) => event.actor.kind === 'visitor')
  return { from: first.seq, to: last.seq, text: joined(taken.map(paragraph)), byVisitor }
}

/** A ticket is made with the first message. A closing before it closes nothing and leaves no ticket. */
export async function planTicket(
  events: readonly LogEvent[],
  link: Pick<LinkView, 'remote'>,
  budgets: BudgetsOfTicket,
  readLog: ReadLog,
): Promise<NextCall | null> {
  const opening = openingOf(events.slice(Math.max(0, events.findIndex(isMessage))))
  const started = (await readLog(0, 1)).at(0)
  if (!opening || started?.type !== 'session_started') return null
  const { followUpOf } = link.remote
  const { from, to, text } = opening
  const body: Body = { kind: 'create', text, visitor: started.body.visitor, ...(followUpOf && { followUpOf }) }
  return { from, to, part: 1, parts: 1, budgets: budgets.create, repeatable: true, body }
}

/** Then private comments while the chat runs, and one public transcript at its end: Zendesk mails every public comment. */
export async function planUpdate(
  events: readonly LogEvent[],
  link: LinkView,
  budgets: BudgetsOfTicket,
  readLog: ReadLog,
): Promise<NextCall | null> {
  const first = events.find((event) => event.type === 'message' || event.type === 'session_closed')
  if (!first) return null
  const shared = { budgets: budgets.update, repeatable: true, notBefore: earliest(link) }
  if (first.type === 'session_closed') return { ...shared, ...(await ending(first.seq, link, readLog)) }
  const opening = openingOf(events)
  if (!opening) return null
  const { from, to, text, byVisitor } = opening
  const opens = byVisitor || link.remote.status === 'solved'
  const body: Body = { kind: 'comment', text, public: false, ...(opens && { status: 'open' }) }
  return { ...shared, from, to, part: 1, parts: 1, body }
}

/** `updated_stamp` has whole seconds: until its second is over, a change within it would go unseen. ms */
const stampAge = 1_050
const earliest = (link: LinkView): number => Number(link.remote.stampAt ?? 0) + stampAge

async function ending(closing: Seq, link: LinkView, readLog: ReadLog) {
  const said = (await storySince(closing, readLog)).filter((event) => !event.body.internal)
  // Nobody is to be mailed an empty transcript.
  if (said.length === 0) {
    const body: Body = { kind: 'comment', text: 'The chat was closed.', public: false, status: 'solved' }
    return { from: closing, to: closing, part: 1, parts: 1, body }
  }
  const texts = packed(['Transcript of the chat', ...said.map(paragraph)])
  const index = Math.min(link.partsDone, texts.length - 1)
  const isLast = index === texts.length - 1
  const body: Body = { kind: 'comment', text: texts[index] ?? '', public: true, ...(isLast && { status: 'solved' }) }
  return { from: closing, to: closing, part: index + 1, parts: texts.length, body }
}

const edited = (message: MessageEvent, { body }: EventOf<'message_edited'>): MessageEvent =>
  message._id === body.message ? { ...message, body: { ...message.body, content: body.content } } : message

/** The messages, as they are at its end, of the stretch that a closing ends: what an earlier closing ended has its own transcript. */
async function storySince(closing: Seq, readLog: ReadLog): Promise<MessageEvent[]> {
  let story: MessageEvent[] = []
  for (let after = 0; after < closing - 1; ) {
    const page = await readLog(after, closing - 1 - after)
    const last = page.at(-1)
    if (!last) break
    for (const event of page) {
      if (event.type === 'session_closed') story = []
      if (isMessage(event)) story.push(event)
      if (event.type === 'message_deleted') story = story.filter(({ _id }) => _id !== event.body.message)
      if (event.type === 'message_edited') story = story.map((message) => edited(message, event))
    }
    after = last.seq
  }
  return story
}
