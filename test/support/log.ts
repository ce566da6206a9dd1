import type { Connection } from 'mongoose'
import type { EventDraft, LogEvent } from '../../src/contract/event.ts'
import { EventKey, type SessionId } from '../../src/contract/ids.ts'
import { createLog, logModels } from '../../src/log/create-log.ts'
import type { Fold, Log } from '../../src/log/log.ts'
import type { Projection } from '../../src/log/project.ts'
import { createIds } from '../../src/platform/ids.ts'
import { connectMongo, createIndexes } from '../../src/platform/mongo.ts'
import { freshStores } from './stores.ts'

export interface Count {
  events: number
  texts: string[]
}

/** Small enough to be checked by eye: how many events, and the last five texts. */
export const countFold: Fold<Count> = {
  version: 1,
  apply(state, event) {
    const text = event.type === 'message' ? [event.body.content] : []
    return { events: (state?.events ?? 0) + 1, texts: [...(state?.texts ?? []), ...text].slice(-5) }
  },
}

const lineOf = ({ _id, session, seq, ...event }: LogEvent) =>
  event.type === 'message' ? [{ _id, session, seq, text: event.body.content }] : []

export const lines: Projection = {
  collection: 'lines',
  insertsFor: () => [],
  updatesFor: (event) =>
    event.type === 'message'
      ? [
          {
            updateOne: {
              filter: { _id: event._id as never },
              update: { $set: { session: event.session, seq: event.seq, text: event.body.content } },
              upsert: true,
            },
          },
        ]
      : [],
  made: (page) => page.flatMap(lineOf),
}

export const ids = createIds()

export const say = (content: string): EventDraft => ({
  type: 'message',
  actor: { kind: 'system', rule: 'test' },
  origin: 'test',
  body: { messageType: 'text', content, internal: false },
})

export const aKey = (text: string) => EventKey.parse(text)

const opened = new WeakMap<Connection, { projected(): Promise<void> }[]>()

/** A log of whatever is folded; what it makes in the background goes wrong for all to see. */
export function openLogOf<State>(
  connection: Connection,
  made: { fold: Fold<State>; projections: readonly Projection[] },
): Log<State> {
  const log = createLog<State>({
    ...{ connection, ...made, eventId: ids.event, now: () => Date.now(), deadlineMs: 20_000 },
    onError: (error) => {
      throw error
    },
  })
  opened.set(connection, [...(opened.get(connection) ?? []), log])
  return log
}

/** Another process on the same store, as far as a log knows. */
export const openLog = (connection: Connection): Log<Count> =>
  openLogOf(connection, { fold: countFold, projections: [lines] })

/** Closes the connection once all logs on it have projected what was committed. */
export async function closeLogs(connection: Connection): Promise<void> {
  for (const log of opened.get(connection) ?? []) await log.projected()
  await connection.close()
}

export const post = (log: ReturnType<typeof openLog>, session: SessionId, text: string, key = text) =>
  log.append({ session, key: aKey(key), decide: () => ({ append: say(text) }) })

/** A log on a database of its own. */
export async function aLog() {
  const stores = await freshStores()
  const connection = await connectMongo(stores.mongodbUrl)
  await createIndexes(connection, logModels)
  const log = openLog(connection)
  return {
    stores,
    connection,
    log,
    session: ids.session(),
    events: connection.collection<LogEvent>('events'),
    async close() {
      await closeLogs(connection)
      await stores.drop()
    },
  }
}
