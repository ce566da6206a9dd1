import type { Connection } from 'mongoose'
import { inLog, inThread, inTicket, misplaced, type Place, repeats, tokensIn } from '../support/oracle.ts'
import { type Chat, contentsOf, writers } from './chat.ts'
import type { Receiver, Told } from './receiver.ts'
import type { Everything } from './stands.ts'

export type Wrong = 'lost' | 'duplicated' | 'out of order'

/** One thing that is not as promised. */
export interface Finding {
  chat: Chat
  place: string
  wrong: Wrong
  token: string
}

const place = (all: string[]): Pick<Place, 'all' | 'ours'> => ({ all, ours: all })

/** As a receiver sorts that has not asked for order. */
const bySeq = (told: readonly Told[]) => told.toSorted((one, other) => one.seq - other.seq)

/** What each author wrote, in the order in which they wrote it. */
const byAuthor = (tokens: readonly string[]): string[][] =>
  writers.map((writer) => tokens.filter((one) => one.startsWith(writer)))

/** What stands outside of the service. */
type There = Everything & Pick<Receiver, 'told'>

/** What is not as promised in a chat, as it is now. */
export async function findingsIn(connection: Connection, chat: Chat, there: There): Promise<Finding[]> {
  const log = await inLog(connection, chat.session)
  const threads = there.threads.get(chat.session) ?? []
  const tickets = there.tickets.get(chat.session) ?? []
  const places: Record<string, Pick<Place, 'all' | 'ours'>> = {
    log: place(log),
    'visitor’s widget': place(contentsOf(chat.visitor).flatMap(tokensIn)),
    'agent’s console': place(contentsOf(chat.agent).flatMap(tokensIn)),
    'event stream': place(chat.stream.seen.flatMap(({ content }) => tokensIn(content))),
    thread: inThread(threads.flatMap(({ replies }) => replies)),
    ticket: inTicket(...tickets),
    'webhook in order': place(there.told('in-order', chat.session).flatMap(({ text }) => tokensIn(text))),
    webhook: place(bySeq(there.told('at-once', chat.session)).flatMap(({ text }) => tokensIn(text))),
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
