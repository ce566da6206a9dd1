import type { ChatNow } from '../../../bridge/port/asked.ts'
import type { EventOf, Visitor } from '../../../contract/event.ts'
import type { SessionId } from '../../../contract/ids.ts'
import { escapeText, oneLine } from './text.ts'

/** What a root tells. `opener`: under which name they wrote first; `now`: null while nothing is known of it. */
export interface RootStory {
  session: SessionId
  opener: string
  started: EventOf<'session_started'> | null
  /** What was said by itself before anybody wrote. */
  said: readonly string[]
  now: ChatNow | null
  consoleUrl: string
}

const mostFactLength = 300
/** Of a section in Slack; what stands behind it is in the console. */
const mostLength = 3_000

/** Who writes, where from, and how the chat stands. What a visitor says of themself is said to be that. */
export function rootText({ session, opener, started, said, now, consoleUrl }: RootStory): string {
  const visitor = now?.visitor ?? started?.body.visitor
  const name = oneLine(visitor?.name ?? '', 80) || opener
  const lines = [
    `*Chat with ${escapeText(name)}*`,
    ...(now ? stateLines(now) : []),
    ...factLines(about(visitor, started)),
    ...(now && now.earlierChats > 0 ? [`Earlier chats: ${now.earlierChats}`] : []),
    `Chat: ${link(`${consoleUrl}/${session}`, session)}`,
    ...(now?.ticket ? [ticketLine(now.ticket)] : []),
    ...factLines(said.map((text) => ['Said by itself', text])),
  ]
  return fitting(lines)
}

type Fact = [label: string, value: string | undefined]

const about = (visitor: Visitor | undefined, started: RootStory['started']): Fact[] => [
  [visitor?.proven?.includes('email') ? 'Email (verified)' : 'Email (as they say)', visitor?.email],
  ['Customer (verified)', visitor?.verified ? visitor.externalId : undefined],
  ['Page', visitor?.page],
  ['Came from', visitor?.referrer],
  ['Inbox', started?.body.inbox],
  ['Left', started?.body.offline ? 'outside opening hours; nobody waits in the chat' : undefined],
]

const factLines = (facts: readonly Fact[]): string[] =>
  facts.flatMap(([label, value]) => (value ? [`${label}: ${escapeText(oneLine(value, mostFactLength))}`] : []))

const link = (url: string, label: string): string => `<${escapeText(url)}|${escapeText(label)}>`

const ticketLine = ({ id, url }: NonNullable<ChatNow['ticket']>): string =>
  `Ticket: ${url === null ? escapeText(id) : link(url, `#${id}`)}`

function stateLines({ status, assignee, answeredBy, waitingSince, rating }: ChatNow): string[] {
  const whose = assignee ?? answeredBy.join(', ')
  switch (status) {
    case 'closed':
      return [':white_check_mark: *Closed*', ...(rating === null ? [] : [`Rated: ${rating} of 5`])]
    case 'active':
      return [`:speech_balloon: *With ${escapeText(oneLine(whose, mostFactLength))}*`]
    case 'queued': {
      const since = waitingSince ? ` since ${moment(waitingSince)}` : ''
      return [`:hourglass: *Waiting${assignee ? ` for ${escapeText(assignee)}` : ''}*${since}`]
    }
  }
}

/** In each reader's own time, as Slack shows it. */
const moment = (at: Date): string =>
  `<!date^${Math.floor(at.getTime() / 1_000)}^{date_short_pretty} {time}|${at.toISOString().slice(0, 16)}Z>`

function fitting(lines: readonly string[]): string {
  let length = -1
  const kept = lines.filter((line) => (length += line.length + 1) <= mostLength)
  return kept.join('\n')
}
