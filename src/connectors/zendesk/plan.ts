import { z } from 'zod'
import type { Budget, InboxSettings, LinkTo, LinkView, NextCall, ReadLog } from '../../bridge/port.ts'
import { type EventOf, type LogEvent, Visitor } from '../../contract/event.ts'
import { TicketSettings } from '../../contract/inbox.ts'
import { maySee } from '../../contract/may-see.ts'
import { isMessage, missedAnswers, standingAt, storyBefore } from './story.ts'
import { standingIn, standings } from './tags.ts'
import { fitting, joined, neutralize, packed, paragraphWith } from './text.ts'

/** A frozen call's content. */
export const Body = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    text: z.string(),
    visitor: Visitor,
    followUpOf: z.string().optional(),
    standing: z.enum(standings).default('live'),
    /** As the inbox had it when the call was formed. */
    settings: TicketSettings.optional(),
  }),
  z.object({
    kind: z.literal('comment'),
    text: z.string(),
    public: z.boolean(),
    status: z.enum(['open', 'solved']).optional(),
    /** Absent: as it is. */
    standing: z.enum(standings).optional(),
  }),
])
export type Body = z.infer<typeof Body>
type Update = Extract<Body, { kind: 'comment' }>

/** Without what people wrote and were. */
export const blank = (body: Body): Body =>
  body.kind === 'create' ? { ...body, text: '', visitor: { id: body.visitor.id } } : { ...body, text: '' }

export interface BudgetsOfTicket {
  create: readonly Budget[]
  update: readonly Budget[]
}

/** What a plan is made with. */
export interface PlanOptions {
  budgets: BudgetsOfTicket
  readLog: ReadLog
  linkTo: LinkTo
  /** Whether the transcript at the end is a public comment, which Zendesk mails. */
  publicTranscript: boolean
}

/** What we say by ourselves, a greeting for instance, is nothing that somebody has to answer. */
const isByPerson = (event: LogEvent): boolean => isMessage(event) && event.actor.kind !== 'system'
/** The visitor has left and is to be mailed by the ticket. */
const isTicketMail = (event: LogEvent): event is EventOf<'emailed'> =>
  event.type === 'emailed' && event.body.byTicket !== undefined

/** Has a comment of its own. */
const standsAlone = (event: LogEvent): boolean =>
  event.type === 'session_closed' || event.type === 'session_reopened' || isTicketMail(event)

/** What lies before the next event that has a comment of its own and fits into one comment: the longer it waited, the more goes along. */
function openingOf(events: readonly LogEvent[], linkTo: LinkTo) {
  const paragraph = paragraphWith(linkTo)
  const alone = events.findIndex(standsAlone)
  const messages = (alone === -1 ? events : events.slice(0, alone)).filter(isMessage)
  const taken = messages.slice(0, fitting(messages.map(paragraph)))
  const first = taken.at(0)
  const last = taken.at(-1)
  if (!first || !last) return null
  const byVisitor = taken.some((event) => event.actor.kind === 'visitor')
  const isOpening = taken.some((event) => !event.body.internal && isByPerson(event))
  return { from: first.seq, to: last.seq, text: joined(taken.map(paragraph)), byVisitor, isOpening }
}

/** Events in which we may have greeted a visitor who had not written yet. */
const mostBefore = 100

/** What we said before anybody wrote was no reason to make a ticket, and stands above its first message. */
const saidBefore = (events: readonly LogEvent[]): LogEvent[] =>
  events.some(isByPerson) ? [] : events.filter(isMessage)

/** A ticket is made with the first message of a person. A closing before it closes nothing and leaves no ticket. */
export async function planTicket(
  events: readonly LogEvent[],
  link: Pick<LinkView, 'remote'>,
  { budgets, readLog, linkTo, inboxes }: PlanOptions & { inboxes: Pick<InboxSettings, 'find'> },
): Promise<NextCall | null> {
  const { followUpOf } = link.remote
  const asked = events.findIndex(isByPerson)
  const from = events[asked]?.seq ?? 0
  const before = await readLog(0, Math.max(1, Math.min(from - 1, mostBefore)))
  const said = followUpOf ? [] : saidBefore(before)
  const opening = asked === -1 ? null : openingOf([...said, ...events.slice(asked)], linkTo)
  const started = before.at(0)
  if (!opening || started?.type !== 'session_started') return null
  const { to, text } = opening
  const settings = (await inboxes.find(started.body.inbox))?.zendesk
  const about = { ...(followUpOf && { followUpOf }), ...(settings && { settings }) }
  const standing = await standingAt(to, readLog)
  const body: Body = { kind: 'create', text, visitor: started.body.visitor, standing, ...about }
  return { from, to, part: 1, parts: 1, lane: 'normal', budgets: budgets.create, repeatable: true, body }
}

/** Then private comments while the chat runs, and one public transcript at its end: Zendesk mails every public comment. */
export async function planUpdate(
  events: readonly LogEvent[],
  link: LinkView,
  options: PlanOptions,
): Promise<NextCall | null> {
  const call = await nextUpdate(events, link, options)
  // What became of the ticket since is not undone by what is said once more.
  return call && link.again ? { ...call, body: withoutStatus(call.body) } : call
}

const withoutStatus = ({ status: _status, standing: _standing, ...body }: Update): Update => body

async function nextUpdate(
  events: readonly LogEvent[],
  link: LinkView,
  options: PlanOptions,
): Promise<(NextCall & { body: Update }) | null> {
  const { budgets, linkTo } = options
  const first = events.find((event) => isMessage(event) || standsAlone(event))
  if (!first) return null
  const shared = { lane: 'urgent', budgets: budgets.update, repeatable: true, notBefore: earliest(link) } as const
  if (first.type === 'session_closed') return { ...shared, ...(await ending(first, link, options)) }
  if (isTicketMail(first)) return { ...shared, ...(await mailing(first, link, options)) }
  if (first.type === 'session_reopened') return { ...shared, ...reopening(first) }
  const opening = openingOf(events, linkTo)
  if (!opening) return null
  const { from, to, text, byVisitor, isOpening } = opening
  // A note, or what the service says by itself, does not open what was solved.
  const opens = byVisitor || (isOpening && link.remote.status === 'solved')
  const body: Update = {
    ...{ kind: 'comment', text, public: false },
    ...(opens && { status: 'open' }),
    ...standingAfter(link, { byVisitor, isOpening }),
  }
  return { ...shared, from, to, part: 1, parts: 1, body }
}

/** A visitor who writes is here. A chat that an agent opens again is open, and its visitor may never see it. */
function standingAfter(link: LinkView, { byVisitor, isOpening }: { byVisitor: boolean; isOpening: boolean }) {
  const before = standingIn((link.remote.tags ?? '').split(' '))
  if (byVisitor) return before === 'live' ? {} : ({ standing: 'live' } as const)
  return isOpening && before === 'ended' ? ({ standing: 'away' } as const) : {}
}

/** `updated_stamp` has whole seconds: until its second is over, a change within it would go unseen. ms */
const stampAge = 1_050
const earliest = (link: LinkView): number => Number(link.remote.stampAt ?? 0) + stampAge

async function ending(
  closing: EventOf<'session_closed'>,
  link: LinkView,
  { readLog, linkTo, publicTranscript }: PlanOptions,
) {
  const { messages, isLeft } = await storyBefore(closing, readLog)
  const here = { from: closing.seq, to: closing.seq }
  if (isLeft)
    return { ...here, part: 1, parts: 1, body: leaving('The visitor left. What they wrote waits for an answer.') }
  const said = messages.filter((event) => maySee(event, { kind: 'visitor' }))
  // Nobody is to be mailed an empty transcript.
  if (said.length === 0) return { ...here, part: 1, parts: 1, body: over('The chat was closed.') }
  const { part, parts, text } = partOf(['Transcript of the chat', ...said.map(paragraphWith(linkTo))], link)
  // With the last part, of which the account's triggers then mail the requester as of any ticket's comment.
  const end = part === parts ? ({ status: 'solved', standing: 'ended' } as const) : {}
  return { ...here, part, parts, body: { kind: 'comment', text, public: publicTranscript, ...end } satisfies Update }
}

/** In public, so that Zendesk mails the visitor what they have not seen: once, because the log says once that it is to be. */
async function mailing(event: EventOf<'emailed'>, link: LinkView, { readLog, linkTo }: PlanOptions) {
  const here = { from: event.seq, to: event.seq }
  const missed = (await missedAnswers(event, readLog)).filter((answer) => maySee(answer, { kind: 'visitor' }))
  if (missed.length === 0) return { ...here, part: 1, parts: 1, body: leaving('Nothing is left to be mailed.') }
  const { part, parts, text } = partOf(missed.map(paragraphWith(linkTo)), link)
  return { ...here, part, parts, body: { kind: 'comment', text, public: true, standing: 'away' } satisfies Update }
}

/** The next of the comments that these paragraphs need. */
function partOf(paragraphs: readonly string[], link: LinkView) {
  const texts = packed(paragraphs)
  const index = Math.min(link.partsDone, texts.length - 1)
  return { part: index + 1, parts: texts.length, text: texts[index] ?? '' }
}

function reopening(event: EventOf<'session_reopened'>) {
  const by = 'name' in event.actor && event.actor.name ? event.actor.name : 'Deskbridge'
  const body: Update = { ...note(`${neutralize(by)} reopened the chat.`), status: 'open', standing: 'live' }
  return { from: event.seq, to: event.seq, part: 1, parts: 1, body }
}

const note = (text: string): Update => ({ kind: 'comment', text, public: false })
const over = (text: string): Update => ({ ...note(text), status: 'solved', standing: 'ended' })
const leaving = (text: string): Update => ({ ...note(text), standing: 'away' })
