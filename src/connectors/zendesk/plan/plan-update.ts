import type { LinkView, NextCall } from '../../../bridge/port/call.ts'
import type { EventOf, LogEvent } from '../../../contract/event.ts'
import type { AgentId } from '../../../contract/ids.ts'
import { maySee } from '../../../contract/may-see.ts'
import { standingIn } from '../tags.ts'
import { neutralize, paragraphWith } from '../text.ts'
import { type About, aboutChat } from './about.ts'
import type { Update } from './body.ts'
import { isRemark, isTicketMail, partOf, partsOfCreation, type Said, saidIn, standsAlone } from './comment.ts'
import type { PlanOptions } from './options.ts'
import { transcriptOf } from './plan-ticket.ts'
import { isAnswer, isByPerson, isMessage, missedAnswers, storyUpTo, withEvent } from './story.ts'

type Formed = Pick<NextCall, 'from' | 'to' | 'part' | 'parts'> & { body: Update }

interface Planning {
  link: LinkView
  about: About
  options: PlanOptions
}

/** What follows in a ticket: comments while the chat runs, and a transcript at its end, as the inbox wants them. */
export async function planUpdate(
  events: readonly LogEvent[],
  link: LinkView,
  options: PlanOptions,
): Promise<NextCall | null> {
  const about = await aboutChat(options)
  const formed = about && (await nextUpdate(events, { link, about, options }))
  if (!formed) return null
  const shared = {
    lane: 'urgent',
    budgets: options.budgets.update,
    repeatable: true,
    notBefore: earliest(link),
  } as const
  // What became of the ticket since is not undone by what is said once more.
  return { ...shared, ...formed, ...(link.again && { body: contentOf(formed.body) }) }
}

const contentOf = ({ kind, text, public: isPublic, files, pageUpTo }: Update): Update => ({
  ...{ kind, text, public: isPublic, files },
  ...(pageUpTo !== undefined && { pageUpTo }),
})

/** `updated_stamp` has whole seconds: until its second is over, a change within it would go unseen. ms */
const stampAge = 1_050
const earliest = (link: LinkView): number => Number(link.remote.stampAt ?? 0) + stampAge

async function nextUpdate(events: readonly LogEvent[], planning: Planning): Promise<Formed | null> {
  const { link, about, options } = planning
  const isDone = (event: LogEvent) => event.type === 'ticket_requested' && link.partsDone === 0
  const wanted = events.filter((event) => !isDone(event) && !isLeftOut(event, planning))
  const first = wanted.find((event) => isRemark(event) || standsAlone(event) || event.type === 'ticket_requested')
  if (!first) return null
  if (first.type === 'session_closed') return ending(first, planning)
  if (isTicketMail(first)) return mailing(first, planning)
  if (first.type === 'session_reopened') return reopening(first, planning)
  if (link.partsDone > 0) return restOfCreation(first, planning)
  const { telling, settings } = about
  const said = await saidIn(wanted, { telling, readLog: options.readLog, apart: settings.comments === 'public' })
  if (said?.text === '')
    return nextUpdate(
      wanted.filter(({ seq }) => seq > said.to),
      planning,
    )
  return said && commenting(said, planning)
}

/** Without comments only the transcript brings what was said, and what calls for it after the end. */
function isLeftOut(event: LogEvent, { link, about }: Planning): boolean {
  if (about.settings.comments !== 'off' || link.partsDone > 0 || !isRemark(event)) return false
  return !isMessage(event) || standingWith([event], link) === null
}

function commenting({ from, to, text, messages, files, internal }: Said, planning: Planning): Formed {
  const { link, about, options } = planning
  const { comments, statusAfter } = about.settings
  const last = messages.findLast((event) => isByPerson(event) && !event.body.internal)
  // A note, or what the service says by itself, does not open what was solved.
  const stays = last && link.remote.status === 'solved' ? 'open' : null
  const status = (last && (last.actor.kind === 'visitor' ? statusAfter.visitor : statusAfter.agent)) ?? stays
  const standing = standingWith(messages, link)
  const body: Update = {
    kind: 'comment',
    text: comments === 'off' ? 'The chat goes on.' : text,
    files: comments === 'off' ? [] : [...files],
    public: comments === 'public' && !internal && options.mailsInPublic,
    ...(status && { status }),
    ...(standing && { standing }),
    ...assigned(answering(messages), planning),
  }
  return { from, to, part: 1, parts: 1, body }
}

/**
 * How the chat stands with these, where that is not how the ticket says. A visitor who writes is here. A chat that an agent
 * opens again is open, and its visitor may never see it.
 */
function standingWith(messages: Said['messages'], { remote }: LinkView): 'live' | 'away' | null {
  const before = standingIn((remote.tags ?? '').split(' '))
  if (messages.some(({ actor }) => actor.kind === 'visitor')) return before === 'live' ? null : 'live'
  return messages.some(isAnswer) && before === 'ended' ? 'away' : null
}

function answering(messages: Said['messages']): AgentId | null {
  const answer = messages.findLast((event) => isAnswer(event) && event.actor.kind === 'agent')
  return answer?.actor.kind === 'agent' ? answer.actor.id : null
}

/** Whoever was given the ticket by the account's own people keeps it until somebody else answers. */
const assigned = (agent: AgentId | null, { link, about }: Planning) =>
  about.settings.assign && agent !== null && agent !== link.remote.agent ? { assignee: agent } : {}

/** What the ticket's first comment did not hold. */
async function restOfCreation(cause: LogEvent, { link, about, options }: Planning): Promise<Formed> {
  const { messages } = await storyUpTo(cause.seq, options.readLog)
  const { texts, files } = partsOfCreation(messages, about.telling)
  const part = Math.min(link.partsDone + 1, texts.length)
  const body: Update = { ...note(texts[part - 1] ?? ''), ...(part === texts.length && { files }) }
  return { from: cause.seq, to: cause.seq, part, parts: texts.length, body }
}

async function ending(closing: EventOf<'session_closed'>, planning: Planning): Promise<Formed> {
  const { link, about, options } = planning
  const { settings, telling } = about
  const before = await storyUpTo(closing.seq - 1, options.readLog)
  const story = withEvent(before, closing)
  const here = { from: closing.seq, to: closing.seq }
  const alone = { ...here, part: 1, parts: 1 }
  if (story.isLeft && link.partsDone === 0)
    return { ...alone, body: { ...note('The visitor left. What they wrote waits for an answer.'), standing: 'away' } }
  // A ticket that was not made for the chat is not over with it.
  const status = link.remote.guestSince === undefined ? settings.statusAfter.closing : null
  const end = { ...(status && { status }), standing: 'ended' as const, ...assigned(story.agent, planning) }
  const stretch = story.messages.filter(({ seq }) => seq > before.closedAt)
  const said = stretch.filter((event) => maySee(event, { kind: 'visitor' }))
  // Nobody is to be mailed an empty transcript.
  if (said.length === 0 || settings.transcript === 'off')
    return { ...alone, body: { ...note('The chat was closed.'), ...end } }
  const { part, parts, text } = partOf(transcriptOf(said, telling), link)
  // Where the ticket was made of it, the rest follows in comments; else one comment has the beginning, and a file the whole.
  const isCut = parts > 1 && link.partsDone === 0
  const isPublic = settings.transcript === 'public' && !story.isLeft && options.mailsInPublic
  // With the last part, of which the account's triggers then mail the requester as of any ticket's comment.
  const last = story.isLeft ? { standing: 'away' as const } : end
  const body = { ...note(text), public: isPublic }
  if (isCut) return { ...alone, body: { ...body, ...last, pageUpTo: closing.seq } }
  return { ...here, part, parts, body: { ...body, ...(part === parts && last) } }
}

/** In public, so that Zendesk mails the visitor what they have not seen: once, because the log says once that it is to be. */
async function mailing(event: EventOf<'emailed'>, { link, about, options }: Planning): Promise<Formed> {
  const here = { from: event.seq, to: event.seq }
  const missed = await missedAnswers(event, options.readLog)
  if (missed.length === 0)
    return { ...here, part: 1, parts: 1, body: { ...note('Nothing is left to be mailed.'), standing: 'away' } }
  const { part, parts, text } = partOf(missed.map(paragraphWith(about.telling)), link)
  return { ...here, part, parts, body: { ...note(text), public: true, standing: 'away' } }
}

function reopening(event: EventOf<'session_reopened'>, { about }: Planning): Formed {
  const by = 'name' in event.actor && event.actor.name ? event.actor.name : 'Deskbridge'
  const status = about.settings.statusAfter.visitor ?? 'open'
  const body: Update = { ...note(`${neutralize(by)} reopened the chat.`), status, standing: 'live' }
  return { from: event.seq, to: event.seq, part: 1, parts: 1, body }
}

const note = (text: string): Update => ({ kind: 'comment', text, public: false, files: [] })
