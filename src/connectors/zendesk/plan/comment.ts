import type { Budget, LinkView } from '../../../bridge/port.ts'
import type { EventOf, LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'
import { fitting, joined, packed, paragraphWith, type Telling } from '../text.ts'
import { isMessage, type MessageEvent } from './story.ts'

export interface BudgetsOfTicket {
  create: readonly Budget[]
  update: readonly Budget[]
}

/** The visitor has left and is to be mailed by the ticket. */
export const isTicketMail = (event: LogEvent): event is EventOf<'emailed'> =>
  event.type === 'emailed' && event.body.byTicket !== undefined

/** Has a comment of its own. */
export const standsAlone = (event: LogEvent): boolean =>
  event.type === 'session_closed' || event.type === 'session_reopened' || isTicketMail(event)

/** A comment of what was said. */
export interface Said {
  from: Seq
  to: Seq
  text: string
  messages: readonly MessageEvent[]
}

/**
 * What lies before the next event that has a comment of its own and fits into one comment: the longer it waited, the more
 * goes along. `apart`: notes are not to stand in one comment with what the visitor reads.
 */
export function saidIn(events: readonly LogEvent[], telling: Telling, { apart = false } = {}): Said | null {
  const alone = events.findIndex(standsAlone)
  const messages = (alone === -1 ? events : events.slice(0, alone)).filter(isMessage)
  const internal = messages.at(0)?.body.internal === true
  const change = apart ? messages.findIndex((event) => event.body.internal !== internal) : -1
  const alike = change === -1 ? messages : messages.slice(0, change)
  const paragraphs = alike.map(paragraphWith(telling))
  const taken = alike.slice(0, fitting(paragraphs))
  const [first, last] = [taken.at(0), taken.at(-1)]
  if (!first || !last) return null
  return { from: first.seq, to: last.seq, text: joined(paragraphs.slice(0, taken.length)), messages: taken }
}

/** The next of the comments that these paragraphs need, the first ones of which are there. */
export function partOf(paragraphs: readonly string[], link: Pick<LinkView, 'partsDone'>) {
  const texts = packed(paragraphs)
  const index = Math.min(link.partsDone, texts.length - 1)
  return { part: index + 1, parts: texts.length, text: texts[index] ?? '' }
}
