import type { Connection } from 'mongoose'
import type { LogEvent } from '../../src/contract/event.ts'
import { connectMongo } from '../../src/platform/mongo.ts'
import type { SlackMessage, Ticket } from './world.ts'

/** Every message of a fault run carries one: who wrote it, in which chat if there are several, and its number there. */
const token = /\b[vasz]\d*-\d{3}\b/g
export const tokensIn = (text: string): string[] => text.match(token) ?? []

export interface Place {
  name: string
  /** In the order in which they stand. */
  all: string[]
  /** Of these, what we brought there. */
  ours: string[]
}

export const inThread = (messages: readonly SlackMessage[]): Place => ({
  name: 'thread',
  all: messages.flatMap((message) => tokensIn(message.text)),
  ours: messages.filter((message) => message.botId !== null).flatMap((message) => tokensIn(message.text)),
})

/** Internal comments and what agents wrote; the public transcript repeats them on purpose. */
export const inTicket = (...tickets: readonly (Ticket | undefined)[]): Place => {
  const all = tickets.flatMap((ticket) => ticket?.comments ?? [])
  const comments = all.filter((comment) => comment.marker === null || !comment.public)
  return {
    name: 'ticket',
    all: comments.flatMap((comment) => tokensIn(comment.body)),
    ours: comments.filter((comment) => comment.marker !== null).flatMap((comment) => tokensIn(comment.body)),
  }
}

export async function logOf(mongodbUrl: string, session: string): Promise<string[]> {
  const connection = await connectMongo(mongodbUrl)
  return inLog(connection, session).finally(() => connection.close())
}

export async function inLog(connection: Connection, session: string): Promise<string[]> {
  const events = await connection
    .collection<LogEvent>('events')
    .find({ session: session as LogEvent['session'] })
    .sort({ seq: 1 })
    .toArray()
  return events.flatMap((event) => (event.type === 'message' ? tokensIn(event.body.content) : []))
}

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

export const repeats = (all: readonly string[]): string[] => [
  ...new Set(all.filter((one, index) => all.indexOf(one) < index)),
]

export interface Faults {
  lost: string[]
  twice: string[]
  outOfOrder: string[]
}

/** What is wrong at a place: against all that was acknowledged, and against the log's order for what we brought. */
export function faultsAt(place: Place, log: readonly string[], written: readonly string[]): Faults {
  return {
    lost: written.filter((one) => !place.all.includes(one)),
    twice: repeats(place.all),
    outOfOrder: misplaced(place.ours, log),
  }
}

export const noFaults: Faults = { lost: [], twice: [], outOfOrder: [] }
