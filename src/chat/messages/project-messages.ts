import { type Connection, Schema } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { EventId, Seq, SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import type { Projection } from '../../log/project.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** A message event as it stands in the log, kept beside it so that a page of a chat is one range of an index. */
type StoredMessage = Extract<LogEvent, { type: 'message' }>

const schema = new Schema({ _id: String, session: String, seq: Number }, { versionKey: false, strict: false })
schema.index({ session: 1, seq: 1 }, { unique: true })

export const messageModel = (connection: Connection) => connection.model('Message', schema, 'messages')

export const messageProjection: Projection = {
  collection: 'messages',
  writesFor: (event) => (event.type === 'message' ? [{ insertOne: { document: { ...event } } }] : []),
  ofSession: (session) => ({ session }),
}

export interface MessageStore {
  /** The newest `limit` messages before `before`, oldest first; internal ones only for those who may see them. */
  before(session: SessionId, before: Seq, limit: number, withInternal: boolean): Promise<StoredMessage[]>
  seqOf(session: SessionId, id: EventId): Promise<Seq | null>
}

export function createMessageStore(connection: Connection, log: Pick<Log<SessionSummary>, 'read'>): MessageStore {
  const messages = connection.collection<StoredMessage>('messages')
  const sessions = connection.collection<{ _id: SessionId; projectedSeq: Seq }>('sessions')

  /** What was committed and is not yet in the projection. */
  const rest = async (session: SessionId): Promise<StoredMessage[]> => {
    const summary = await sessions.findOne({ _id: session }, { projection: { projectedSeq: 1 } })
    const found: StoredMessage[] = []
    for (let after = summary?.projectedSeq ?? 0; ; ) {
      const page = await log.read(session, after)
      const last = page.at(-1)
      if (!last) return found
      found.push(...page.filter((event) => event.type === 'message'))
      after = last.seq
    }
  }

  const stored = async (session: SessionId, before: Seq, limit: number, visible: Record<string, unknown>) => {
    const found: StoredMessage[] = []
    // Ranges of seq, growing where few events are messages: a descending sort would cost with the chat's length.
    for (let end = before, width = limit * 2; end > 1 && found.length < limit; width *= 4) {
      const start = Math.max(1, end - width)
      const range = await messages
        .find({ session, seq: { $gte: start, $lt: end }, ...visible })
        .sort({ seq: 1 })
        .toArray()
      found.unshift(...range)
      end = start
    }
    return found
  }

  return {
    async before(session, before, limit, withInternal) {
      const visible = withInternal ? {} : { 'body.internal': false }
      const late = (await rest(session)).filter((event) => event.seq < before && (withInternal || !event.body.internal))
      const early = await stored(session, late.at(0)?.seq ?? before, limit, visible)
      const all = new Map([...early, ...late].map((message) => [message.seq, message]))
      return [...all.values()].slice(-limit)
    },
    async seqOf(session, id) {
      const message = await messages.findOne({ _id: id, session }, { projection: { seq: 1 } })
      if (message) return message.seq
      return (await rest(session)).find((event) => event._id === id)?.seq ?? null
    },
  }
}
