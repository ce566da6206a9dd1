import type { Connection } from 'mongoose'
import type { MessageVersions } from '../../contract/chat.ts'
import type { EventOf, LogEvent } from '../../contract/event.ts'
import type { EventId, Seq, SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { asWritten, erase, isRevision, type MessageNow, type Revision, revise, searchedText } from './message-now.ts'
import type { StoredMessage, Version } from './project-messages.ts'
import { termsOf } from './search-terms.ts'

export interface MessageStore {
  /** The newest `limit` messages before `before`, oldest first; internal ones only for those who may see them. */
  before(session: SessionId, before: Seq, limit: number, withInternal: boolean): Promise<MessageNow[]>
  /** The messages with `from <= seq < until`, as they are now. */
  between(session: SessionId, from: Seq, until: Seq): Promise<MessageNow[]>
  get(session: SessionId, id: EventId): Promise<MessageNow | null>
  /** What the message said, oldest first, whatever became of it. */
  versions(session: SessionId, id: EventId): Promise<MessageVersions | null>
  /** The newest messages that hold every word of `text`; the last may be the beginning of one. */
  search(session: SessionId, text: string, limit: number, withInternal: boolean): Promise<MessageNow[]>
}

export const nowOf = ({
  now,
  versions: _versions,
  terms: _terms,
  inbox: _inbox,
  ...event
}: StoredMessage): MessageNow => ({ event, ...now })

export function createMessageStore(connection: Connection, log: Pick<Log<SessionSummary>, 'read'>): MessageStore {
  const messages = connection.collection<StoredMessage>('messages')
  const sessions = connection.collection<{ _id: SessionId; projectedSeq: Seq }>('sessions')

  /** What was committed and is not yet in the projection. */
  const rest = async (session: SessionId): Promise<LogEvent[]> => {
    const summary = await sessions.findOne({ _id: session }, { projection: { projectedSeq: 1 } })
    const found: LogEvent[] = []
    for (let after = summary?.projectedSeq ?? 0; ; ) {
      const page = await log.read(session, after)
      const last = page.at(-1)
      if (!last) return found
      found.push(...page)
      after = last.seq
    }
  }

  // Nothing besides the index's own fields: a further condition costs with the chat's length on one of the stores.
  const range = (session: SessionId, start: Seq, end: Seq) =>
    messages
      .find({ session, seq: { $gte: start, $lt: end } })
      .sort({ seq: 1 })
      .toArray()

  const newest = async (
    session: SessionId,
    before: Seq,
    limit: number,
    visible: (message: StoredMessage) => boolean,
  ) => {
    const found: StoredMessage[] = []
    // Ranges of seq, growing where few events are messages: a descending sort would cost with the chat's length.
    for (let end = before, width = limit * 2; end > 1 && found.length < limit; width *= 4) {
      const start = Math.max(1, end - width)
      found.unshift(...(await range(session, start, end)).filter(visible))
      end = start
    }
    return found
  }

  return {
    async before(session, before, limit, withInternal) {
      const late = await rest(session)
      const early = await newest(session, before, limit, ({ body }) => withInternal || !body.internal)
      return joined(early, late)
        .filter(({ event }) => event.seq < before && (withInternal || !event.body.internal))
        .slice(-limit)
    },
    async between(session, from, until) {
      const late = await rest(session)
      const early = await range(session, from, until)
      return joined(early, late).filter(({ event }) => event.seq >= from && event.seq < until)
    },
    async get(session, id) {
      const late = await rest(session)
      const message = await messages.findOne({ _id: id, session })
      return joined(message ? [message] : [], late).find(({ event }) => event._id === id) ?? null
    },
    async versions(session, id) {
      const late = await rest(session)
      const message = await messages.findOne({ _id: id, session })
      const first = message ?? late.find((event) => event._id === id)
      if (first?.type !== 'message') return null
      const known = Object.values(message?.versions ?? {}).sort((a, b) => a.seq - b.seq)
      const since = late
        .filter(isRevision)
        .filter(({ seq, body }) => body.message === id && !known.some((one) => one.seq === seq))
      return versionsOf(first, [...known, ...since.map(versionIn)])
    },
    async search(session, text, limit, withInternal) {
      const late = await rest(session)
      const words = termsOf(text)
      if (words.length === 0) return []
      // What was revised since may fit no longer, or only now.
      const revised = [...new Set(late.filter(isRevision).map(({ body }) => body.message))]
      const found = await messages
        .find({ session, $and: words.map(holding), ...(withInternal ? {} : { 'body.internal': false }) })
        .sort({ seq: -1 })
        .limit(limit + revised.length)
        .toArray()
      const others = revised.length > 0 ? await messages.find({ session, _id: { $in: revised } }).toArray() : []
      return joined([...found, ...others], late)
        .filter(({ event }) => withInternal || !event.body.internal)
        .filter((message) => !message.deleted && words.every(isIn(termsOf(searchedText(message)), words)))
        .slice(-limit)
    },
  }
}

/** Of one term: without `$elemMatch`, one term could meet the one bound and another the other. */
export const beginningWith = (word: string) => ({ $gte: word, $lt: `${word}\u{10ffff}` })

/** A word, or for the last one what begins like it. */
const holding = (word: string, index: number, all: readonly string[]) =>
  index === all.length - 1 ? { terms: { $elemMatch: beginningWith(word) } } : { terms: word }

const isIn = (terms: readonly string[], words: readonly string[]) => (word: string) =>
  terms.some((term) => (word === words.at(-1) ? term.startsWith(word) : term === word))

const versionIn = (revision: Revision): Version => ({
  seq: revision.seq,
  at: revision.at,
  content: 'content' in revision.body ? revision.body.content : '',
  deleted: revision.type === 'message_deleted',
})

function versionsOf(first: StoredMessage | EventOf<'message'>, later: readonly Version[]): MessageVersions {
  const texts = [{ content: first.body.content, at: first.at }, ...later.filter(({ deleted }) => !deleted)]
  return {
    versions: texts.map(({ content, at }) => ({ content, at: at.toISOString() })),
    deletedAt: later.find(({ deleted }) => deleted)?.at.toISOString() ?? null,
  }
}

/** What is stored, with what was committed since. */
function joined(stored: readonly StoredMessage[], late: readonly LogEvent[]): MessageNow[] {
  const bySeq = new Map(stored.map((message) => [message.seq, nowOf(message)]))
  for (const event of late) {
    if (event.type === 'message' && !bySeq.has(event.seq)) bySeq.set(event.seq, asWritten(event))
    if (isRevision(event)) reviseIn(bySeq, event)
    if (event.type === 'erased') eraseIn(bySeq, event.body.upTo)
  }
  return [...bySeq.values()].sort((a, b) => a.event.seq - b.event.seq)
}

function eraseIn(bySeq: Map<Seq, MessageNow>, upTo: Seq): void {
  for (const [seq, message] of bySeq) if (seq <= upTo) bySeq.set(seq, erase(message))
}

function reviseIn(bySeq: Map<Seq, MessageNow>, revision: Revision): void {
  const message = bySeq.get(revision.body.messageSeq)
  if (message) bySeq.set(revision.body.messageSeq, revise(message, revision))
}
