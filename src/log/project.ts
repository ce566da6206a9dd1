import type { Connection, mongo } from 'mongoose'
import type { LogEvent } from '../contract/event.ts'
import type { SessionId } from '../contract/ids.ts'
import { eventsOf } from './events.ts'
import type { Fold } from './log.ts'
import { readAll } from './read.ts'
import { type Summary, summariesOf } from './summaries.ts'

/** Documents that are made of events alone, so that they can be dropped and made again. */
export interface Projection {
  collection: string
  /** Writes that may be repeated, and that later events' writes may overtake. */
  writesFor(event: LogEvent): mongo.AnyBulkWriteOperation<mongo.BSON.Document>[]
  /** Which documents are a session's. */
  ofSession(session: SessionId): Record<string, unknown>
}

export interface Projector {
  /** Brings everything stored about these sessions up to their committed tail. */
  project(sessions: readonly SessionId[]): Promise<void>
}

export function createProjector<State>(deps: {
  connection: Connection
  fold: Fold<State>
  projections: readonly Projection[]
}): Projector {
  const { connection, fold, projections } = deps
  const events = eventsOf(connection)
  const summaries = summariesOf<State>(connection)

  const writeProjections = async (news: readonly LogEvent[]) => {
    for (const { collection, writesFor } of projections) {
      const writes = news.flatMap(writesFor)
      if (writes.length > 0) await connection.collection(collection).bulkWrite(writes, { ordered: true })
    }
  }

  /** Moves on only from where it was read: two processes that project one session do not overwrite each other's newer state. */
  const moveOn = async (session: SessionId, before: Summary<State> | undefined, last: LogEvent, state: State) => {
    const summary = { projectedSeq: last.seq, state }
    if (before) await summaries.updateOne({ _id: session, projectedSeq: before.projectedSeq }, { $set: summary })
    else await summaries.updateOne({ _id: session }, { $setOnInsert: summary }, { upsert: true })
  }

  const projectOne = async (session: SessionId, before: Summary<State> | undefined) => {
    let stored = before
    for await (const page of readAll(events, session, before?.projectedSeq ?? 0)) {
      await writeProjections(page)
      const state = page.reduce<State | undefined>(fold, stored?.state)
      const last = page.at(-1)
      if (!last || state === undefined) return
      await moveOn(session, stored, last, state)
      stored = { _id: session, projectedSeq: last.seq, state }
    }
  }

  return {
    async project(sessions) {
      const stored = await summaries.find({ _id: { $in: [...sessions] } }).toArray()
      const bySession = new Map(stored.map((summary) => [summary._id, summary]))
      await Promise.all(sessions.map((session) => projectOne(session, bySession.get(session))))
    },
  }
}

/** Projects in the background what was committed here: rounds, one at a time, each session once a round. */
export function createBackgroundProjector(deps: {
  projector: Projector
  pause: () => Promise<void>
  onError: (error: unknown) => void
}) {
  const mostAtOnce = 32
  const dirty = new Set<SessionId>()
  let round: Promise<void> | null = null

  const run = async () => {
    while (dirty.size > 0) {
      const sessions = [...dirty].slice(0, mostAtOnce)
      for (const session of sessions) dirty.delete(session)
      try {
        await deps.projector.project(sessions)
      } catch (error) {
        deps.onError(error)
        for (const session of sessions) dirty.add(session)
        await deps.pause()
      }
    }
    round = null
  }

  return {
    changed(session: SessionId) {
      dirty.add(session)
      round ??= new Promise<void>((resolve) => setImmediate(resolve)).then(run)
    },
    async projected() {
      await round
    },
  }
}
