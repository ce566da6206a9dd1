import mongoose, { type Connection } from 'mongoose'
import { DeskbridgeError } from '../contract/errors.ts'
import type { LogEvent } from '../contract/event.ts'
import type { EventId } from '../contract/ids.ts'
import { systemWait, type Wait } from '../platform/clock.ts'
import { append } from './append.ts'
import { createBackgroundProjector } from './background-projector.ts'
import { eventModel, eventsOf } from './events.ts'
import { createGroupCommit } from './group-commit.ts'
import { type InsertOutcome, outcomesOf } from './insert-outcomes.ts'
import { createLines } from './lines.ts'
import type { Fold, Log } from './log.ts'
import { createProjector, type Projection } from './project.ts'
import { projectRecent } from './project-recent.ts'
import { readAfter, readKey } from './read.ts'
import { redactEvents } from './redact.ts'
import { remakeStale } from './remake-stale.ts'
import { repairsSoFar } from './repair/repairs.ts'
import { summaryModel } from './summaries.ts'
import { createTails } from './tails.ts'

export const logModels = [eventModel, summaryModel]

/** What a document may take: MongoDB's limit is 16 MB, and nothing of ours comes near. */
const mostDocumentBytes = 8 * 1024 * 1024
const pauseMs = 10

/** The raw command, because the driver's bulk error drops which index refused a document. */
export const insertUnordered = async (
  connection: Connection,
  events: readonly LogEvent[],
): Promise<InsertOutcome[]> => {
  const db = connection.db
  if (!db) throw new Error('not connected')
  const reply = await db.command({
    insert: 'events',
    documents: events,
    ordered: false,
    writeConcern: { w: 'majority', j: true },
  })
  return outcomesOf(reply, events.length)
}

export function createLog<State>(deps: {
  connection: Connection
  fold: Fold<State>
  projections: readonly Projection<State>[]
  eventId(): EventId
  now(): number
  wait?: Wait
  deadlineMs: number
  onError(error: unknown): void
}): Log<State> {
  const { connection, fold, now, wait = systemWait, deadlineMs, onError } = deps
  const events = eventsOf(connection)
  const pause = () => wait(pauseMs)
  const tails = createTails(connection, fold)
  const lines = createLines()
  let repairs: number | null = null
  const listeners: ((event: LogEvent, state?: State) => void)[] = []
  const projector = createProjector({ connection, fold, projections: deps.projections })
  const background = createBackgroundProjector({ projector, wait, onError })
  const commits = createGroupCommit({
    insert: (batch) => insertUnordered(connection, batch),
    encodedSize,
    now,
    pause,
    deadlineMs,
    timedOut: (cause) => new DeskbridgeError('unavailable', { cause }),
  })

  const committed = (event: LogEvent, state?: State) => {
    background.changed(event)
    for (const listener of listeners) {
      try {
        listener(event, state)
      } catch (error) {
        onError(error)
      }
    }
  }

  const find = (session: LogEvent['session'], key: LogEvent['key']) => readKey(events, session, key)
  const appendDeps = {
    tails,
    commits,
    fold,
    readKey: find,
    eventId: deps.eventId,
    now,
    pause,
    deadlineMs,
    committed,
  }

  return {
    append: (request) =>
      lines
        .run(request.session, () => append(appendDeps, request))
        .catch((error: unknown) => {
          if (error instanceof DeskbridgeError && error.code !== 'unavailable') throw error
          tails.forget(request.session)
          throw error instanceof DeskbridgeError ? error : new DeskbridgeError('unavailable', { cause: error })
        }),
    read: (session, after, limit) => readAfter(events, session, after, limit),
    find,
    state: async (session) => (await tails.reload(session)).tail.state,
    onCommitted(listener) {
      listeners.push(listener)
    },
    remakeStale: (signal) => remakeStale({ connection, projector, version: fold.version }, signal),
    async redact(session, upTo) {
      const count = await redactEvents(events, session, upTo)
      tails.forget(session)
      while (!(await projector.project(new Map([[session, []]])))) await pause()
      return count
    },
    async heedRepairs() {
      const soFar = await repairsSoFar(connection)
      if (repairs !== null && repairs !== soFar) tails.forgetAll()
      repairs = soFar
    },
    projectRecent: (since) => projectRecent({ connection, projector, now }, since),
    projected: background.projected,
  }
}

function encodedSize(event: LogEvent): number {
  try {
    const size = mongoose.mongo.BSON.serialize(event).byteLength
    if (size <= mostDocumentBytes) return size
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { message: 'The event cannot be stored as it is.', cause })
  }
  throw new DeskbridgeError('body_too_large')
}
