import type { LogEvent } from '../../src/contract/event.ts'
import { connectMongo } from '../../src/platform/mongo.ts'
import type { SlackMessage, Ticket } from './world.ts'

/** Every message of a fault run carries one: who wrote it, and its number there. */
const token = /\b[vsz]-\d{3}\b/g
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
export const inTicket = (ticket: Ticket | undefined): Place => {
  const comments = ticket?.comments.filter((comment) => comment.marker === null || !comment.public) ?? []
  return {
    name: 'ticket',
    all: comments.flatMap((comment) => tokensIn(comment.body)),
    ours: comments.filter((comment) => comment.marker !== null).flatMap((comment) => tokensIn(comment.body)),
  }
}

export async function logOf(mongodbUrl: string, session: string): Promise<string[]> {
  const connection = await connectMongo(mongodbUrl)
  try {
    const events = await connection
      .collection<LogEvent>('events')
      .find({ session: session as LogEvent['session'] })
      .sort({ seq: 1 })
      .toArray()
    return events.flatMap((event) => (event.type === 'message' ? tokensIn(event.body.content) : []))
  } finally {
    await connection.close()
  }
}

export interface Faults {
  lost: string[]
  twice: string[]
  outOfOrder: string[]
}

/** What is wrong at a place: against all that was acknowledged, and against the log's order for what we brought. */
export function faultsAt(place: Place, log: readonly string[], written: readonly string[]): Faults {
  const counts = new Map<string, number>()
  for (const one of place.all) counts.set(one, (counts.get(one) ?? 0) + 1)
  const position = new Map(log.map((one, index) => [one, index]))
  const outOfOrder = place.ours.filter((one, index) => {
    const before = place.ours[index - 1]
    return before !== undefined && (position.get(before) ?? -1) > (position.get(one) ?? -1)
  })
  return {
    lost: written.filter((one) => !counts.has(one)),
    twice: [...counts].filter(([, count]) => count > 1).map(([one]) => one),
    outOfOrder,
  }
}

export const noFaults: Faults = { lost: [], twice: [], outOfOrder: [] }
