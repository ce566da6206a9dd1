import type { Connection } from 'mongoose'
import type { LogEvent } from '../../src/contract/event.ts'
import type { SlackMessage, Ticket } from '../support/world.ts'
import { type Chat, contentsOf, writers } from './chat.ts'
import type { Everything } from './stands.ts'

const token = /\b[vasz]\d+-\d{3}\b/g
const tokensIn = (text: string): string[] => text.match(token) ?? []

/** Where messages have to be. `ours`: of what stands there, what we brought. */
interface Place {
  all: readonly string[]
  ours: readonly string[]
}

export type Wrong = 'lost' | 'duplicated' | 'out of order'

/** One thing that is not as promised. */
export interface Finding {
  chat: Chat
  place: string
  wrong: Wrong
  token: string
}

const place = (all: readonly string[], ours = all): Place => ({ all, ours })

const inThreads = (threads: readonly { replies: readonly SlackMessage[] }[]): Place => {
  const messages = threads.flatMap(({ replies }) => replies)
  const of = (some: readonly SlackMessage[]) => some.flatMap(({ text }) => tokensIn(text))
  return place(of(messages), of(messages.filter(({ botId }) => botId !== null)))
}

/** The public transcript repeats on purpose what was said. */
const inTickets = (tickets: readonly Ticket[]): Place => {
  const comments = tickets.flatMap((ticket) => ticket.comments).filter((one) => one.marker === null || !one.public)
  const of = (some: typeof comments) => some.flatMap(({ body }) => tokensIn(body))
  return place(of(comments), of(comments.filter(({ marker }) => marker !== null)))
}

async function inLog(connection: Connection, chat: Chat): Promise<string[]> {
  const events = await connection
    .collection<LogEvent>('events')
    .find({ session: chat.session as LogEvent['session'] })
    .sort({ seq: 1 })
    .toArray()
  return events.flatMap((event) => (event.type === 'message' ? tokensIn(event.body.content) : []))
}

const repeats = (all: readonly string[]): string[] => [...new Set(all.filter((one, index) => all.indexOf(one) < index))]

/** Those that stand behind something that comes after them in `order`. */
export function misplaced(ours: readonly string[], order: readonly string[]): string[] {
  const position = new Map(order.map((one, index) => [one, index]))
  let furthest = -1
  return ours.filter((one) => {
    const at = position.get(one) ?? -1
    const isLate = at < furthest
    furthest = Math.max(furthest, at)
    return isLate
  })
}

/** What each author wrote, in the order in which they wrote it. */
const byAuthor = (tokens: readonly string[]): string[][] =>
  writers.map((writer) => tokens.filter((one) => one.startsWith(writer)))

/** What is not as promised in a chat, as it is now. */
export async function findingsIn(connection: Connection, chat: Chat, there: Everything): Promise<Finding[]> {
  const log = await inLog(connection, chat)
  const threads = there.threads.get(chat.session) ?? []
  const tickets = there.tickets.get(chat.session) ?? []
  const places: Record<string, Place> = {
    log: place(log),
    'visitor’s widget': place(contentsOf(chat.visitor).flatMap(tokensIn)),
    'agent’s console': place(contentsOf(chat.agent).flatMap(tokensIn)),
    'event stream': place(chat.stream.seen.flatMap(({ content }) => tokensIn(content))),
    thread: inThreads(threads),
    ticket: inTickets(tickets),
  }
  const written = [...chat.written]
  const finding = (name: string, wrong: Wrong) => (one: string) => ({ chat, place: name, wrong, token: one })
  const found = Object.entries(places).flatMap(([name, { all, ours }]) => [
    ...written.filter((one) => !all.includes(one)).map(finding(name, 'lost')),
    ...repeats(all).map(finding(name, 'duplicated')),
    ...misplaced(ours, log).map(finding(name, 'out of order')),
  ])
  const own = byAuthor(log).flatMap((tokens) => misplaced(tokens, [...tokens].sort()))
  const open = tickets.filter(({ deleted, status }) => !deleted && status !== 'closed')
  const objects = [...threads.slice(1).map(() => 'a thread'), ...open.slice(1).map(() => 'a ticket')]
  return [
    ...found,
    ...own.map(finding('author’s own order in the log', 'out of order')),
    ...objects.map(finding('remote', 'duplicated')),
  ]
}
