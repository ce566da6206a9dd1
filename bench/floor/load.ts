import type { Connection } from 'mongoose'
import { summaryFold } from '../../src/chat/sessions/fold-summary.ts'
import type { SessionSummary } from '../../src/chat/sessions/summary.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import { logModels } from '../../src/log/create-log.ts'
import { eventsOf } from '../../src/log/events.ts'
import { type Summary, summariesOf } from '../../src/log/summaries.ts'
import { createIndexes } from '../../src/platform/mongo.ts'
import type { SimulatedChat } from './simulate.ts'

/** Events of one insert, and inserts under way at once. */
const batchSize = 2_000
const mostUnderWay = 4
const saidEvery = 1_000_000

export interface Loaded {
  sessions: number
  events: number
  seconds: number
}

/** Puts chats into a database as the service would have stored them, so that it can be started on it. */
export async function loadChats(
  connection: Connection,
  chats: Iterable<SimulatedChat>,
  say: (words: string) => void,
): Promise<Loaded> {
  const begun = performance.now()
  const loaded: Loaded = { sessions: 0, events: 0, seconds: 0 }
  const loader = await createLoader(connection, mostUnderWay)
  let next = saidEvery
  for (const chat of chats) {
    loaded.sessions += 1
    loaded.events += chat.events.length
    await loader.add(chat)
    loaded.seconds = (performance.now() - begun) / 1_000
    if (loaded.events < next) continue
    say(progress(loaded))
    next += saidEvery
  }
  await loader.end()
  loaded.seconds = (performance.now() - begun) / 1_000
  say(progress(loaded))
  return loaded
}

const progress = ({ sessions, events, seconds }: Loaded): string => {
  const [of, all, rate] = [sessions, events, Math.round(events / seconds)].map((count) => count.toLocaleString('en'))
  return `${of} chats with ${all} events after ${seconds.toFixed(0)} s: ${rate} events a second`
}

interface Loader {
  /** Waits while there is much to be written. */
  add(chat: SimulatedChat): Promise<void>
  end(): Promise<void>
}

/** `atOnce`: inserts under way; with one, none is when `add` is done. */
export async function createLoader(connection: Connection, atOnce: number): Promise<Loader> {
  await createIndexes(connection, logModels)
  const underWay = new Set<Promise<unknown>>()
  let events: LogEvent[] = []
  let summaries: Summary<SessionSummary>[] = []
  const begin = async (write: Promise<unknown>) => {
    const done = write.finally(() => underWay.delete(done))
    underWay.add(done)
    if (underWay.size >= atOnce) await Promise.race(underWay)
  }
  const flush = async () => {
    const [some, states] = [events, summaries]
    events = []
    summaries = []
    if (some.length > 0) await begin(eventsOf(connection).insertMany(some, { ordered: false }))
    if (states.length > 0) await begin(summariesOf<SessionSummary>(connection).insertMany(states, { ordered: false }))
  }
  return {
    async add(chat) {
      events.push(...chat.events)
      const { seq } = chat.summary
      summaries.push({ _id: chat.summary.id, version: summaryFold.version, projectedSeq: seq, state: chat.summary })
      if (events.length >= batchSize) await flush()
    },
    async end() {
      await flush()
      await Promise.all(underWay)
    },
  }
}
