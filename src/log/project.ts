import type { Connection, mongo } from 'mongoose'
import type { LogEvent } from '../contract/event.ts'
import type { Seq, SessionId } from '../contract/ids.ts'
import { repeatsIn } from '../platform/duplicate-key.ts'
import { eventsOf } from './events.ts'
import type { Fold } from './log.ts'
import { readAll } from './read.ts'
import { asRead, type Summary, summariesOf } from './summaries.ts'

/** Documents of projections go by ids of ours. */
export interface Stored extends mongo.Document {
  _id: string
}

type Write = mongo.AnyBulkWriteOperation<Stored>

/** Documents that are made of events alone: each goes by the id of its event, and says its `session` and `seq`. */
export interface Projection<State = unknown> {
  collection: string
  /**
   * Documents of this event's own; one that is there already is done. Those of many events go to the store as one;
   * upserts would be committed one by one. `state`: the session's, of which only what never changes may be taken.
   */
  insertsFor(event: LogEvent, state: State): Stored[]
  /** Changes of documents that earlier events made, in the log's order. Repeating one, late as well, must change nothing. */
  updatesFor(event: LogEvent): Write[]
  /** The same without a store, for comparing: what the page's events leave, once the `changes` (all that `updatesFor` changes by) are made. */
  made(page: readonly LogEvent[], changes: readonly LogEvent[], state: State): Stored[]
  /** A document with its sets in one order. */
  comparable?(document: Stored): Stored
}

/** Sessions to be projected, with events of theirs that are at hand. */
export type Changes = ReadonlyMap<SessionId, readonly LogEvent[]>

export interface Projector {
  /** Brings what is stored about these sessions up to date; false when another process was at one of them, too. */
  project(changes: Changes): Promise<boolean>
}

export function createProjector<State>(deps: {
  connection: Connection
  fold: Fold<State>
  projections: readonly Projection<State>[]
}): Projector {
  const { connection, fold, projections } = deps
  const events = eventsOf(connection)
  const summaries = summariesOf<State>(connection)

  const fits = (summary: Summary<State> | undefined): summary is Summary<State> => summary?.version === fold.version

  const newsOf = async (session: SessionId, after: Seq, atHand: readonly LogEvent[]): Promise<LogEvent[]> => {
    if (isWhole(atHand, after)) return atHand.filter((event) => event.seq > after)
    const news: LogEvent[] = []
    for await (const page of readAll(events, session, after)) news.push(...page)
    return news
  }

  const writeProjections = async (news: readonly News<State>[]) => {
    const events = news.flatMap((one) => one.events)
    for (const { collection, insertsFor, updatesFor } of projections) {
      const documents = connection.collection<Stored>(collection)
      const inserts = news.flatMap((one) => one.events.flatMap((event) => insertsFor(event, one.state)))
      if (inserts.length > 0) await documents.insertMany(inserts, { ordered: false }).catch(repeatsIn)
      const updates = events.flatMap(updatesFor)
      if (updates.length > 0) await documents.bulkWrite(updates)
    }
  }

  /**
   * Moves on only from what it was read as: two processes that project one session do not overwrite each other's newer
   * state, and one that read a wrong state does not bring it back after a repair.
   */
  const moveOn = ({ session, before, head, state }: News<State>): Write => {
    const summary = { version: fold.version, projectedSeq: head, state }
    const known = { _id: session, ...(before && asRead(before)) }
    if (before) return { updateOne: { filter: known, update: { $set: summary } } }
    return { updateOne: { filter: known, update: { $setOnInsert: summary }, upsert: true } }
  }

  const readNews = async (
    session: SessionId,
    before: Summary<State> | undefined,
    atHand: readonly LogEvent[],
  ): Promise<News<State>[]> => {
    // A summary that does not fit may be further than what is at hand, and must not fall back behind it.
    const events =
      fits(before) || !before ? await newsOf(session, before?.projectedSeq ?? 0, atHand) : await newsOf(session, 0, [])
    const state = events.reduce<State | undefined>(fold.apply, fits(before) ? before.state : undefined)
    const head = events.at(-1)?.seq
    return head === undefined || state === undefined ? [] : [{ session, before, events, head, state }]
  }

  return {
    async project(changes) {
      const stored = await summaries.find({ _id: { $in: [...changes.keys()] } }).toArray()
      const before = new Map(stored.map((summary) => [summary._id, summary]))
      const news = await Promise.all(
        [...changes].map(([session, atHand]) => readNews(session, before.get(session), atHand)),
      ).then((found) => found.flat())
      if (news.length === 0) return true
      await writeProjections(news)
      const moves = news.map(moveOn)
      const moved = await connection.collection<Stored>('sessions').bulkWrite(moves, { ordered: false })
      return moved.modifiedCount + moved.upsertedCount === moves.length
    },
  }
}

/** What was committed in a session since it was projected, and what it comes to. */
interface News<State> {
  session: SessionId
  before: Summary<State> | undefined
  events: readonly LogEvent[]
  head: Seq
  state: State
}

/** Whether the events at hand are all there is between a position and the last of them. */
function isWhole(atHand: readonly LogEvent[], after: Seq): boolean {
  const rest = atHand.filter((event) => event.seq > after)
  return rest.length > 0 && rest.every((event, index) => event.seq === after + index + 1)
}
