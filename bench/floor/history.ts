import type { Connection } from 'mongoose'
import { createCalendars } from '../../src/analytics/calendar/calendars.ts'
import { analyticsModels } from '../../src/analytics/create-analytics.ts'
import { foldFacts } from '../../src/analytics/facts/fold-facts.ts'
import { type FactsDeps, writeFacts } from '../../src/analytics/facts/write-facts.ts'
import { rollStale } from '../../src/analytics/rollups/roll-stale.ts'
import type { RoundDeps } from '../../src/analytics/rounds/fold-news.ts'
import { progressOf } from '../../src/analytics/rounds/turn.ts'
import { summaryFold } from '../../src/chat/sessions/fold-summary.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import type { SessionId } from '../../src/contract/ids.ts'
import { definitionVersion } from '../../src/contract/metrics.ts'
import { eventsOf } from '../../src/log/events.ts'
import { readAll } from '../../src/log/read.ts'
import { createIndexes } from '../../src/platform/mongo.ts'
import type { SimulatedChat, SimulatedFloor } from './simulate.ts'

/** What folding needs in a database, at a time that the bench sets. */
export interface Books {
  connection: Connection
  deps: RoundDeps
  /** Epoch ms. */
  setNow(at: number): void
}

/** `floor`: whose inboxes have hours. */
export async function openBooks(connection: Connection, { inboxes }: SimulatedFloor): Promise<Books> {
  let at = 0
  const now = () => at
  await createIndexes(connection, analyticsModels)
  const calendars = createCalendars({ connection, timeZone: 'UTC', now })
  await calendars.note(inboxes.map(({ settings: { key, hours } }) => ({ key, hours })))
  const logOf = (session: SessionId) => readAll(eventsOf(connection), session, 0)
  const arrivals = async () => new Map()
  return {
    connection,
    deps: { connection, standing: summaryFold, calendars, logOf, arrivals, now },
    setNow: (moment) => (at = moment),
  }
}

/** What folding a history took. Seconds of the processor, of this process alone. */
export interface Folded {
  sessions: number
  events: number
  /** Folding alone. */
  folding: number
  /** With reading and writing rows, and with the roll-ups. */
  written: number
  seconds: number
}

/** Chats whose roll-ups are made together. */
const batchSize = 5_000

/** Folds chats into rows and these into roll-ups, as the worker does, of logs that need not be in the store. */
export async function foldHistory(
  { deps }: Books,
  chats: AsyncIterable<SimulatedChat>,
  told: (folded: Folded) => void,
): Promise<Folded> {
  const folded: Folded = { sessions: 0, events: 0, folding: 0, written: 0, seconds: 0 }
  let batch = new Map<SessionId, readonly LogEvent[]>()
  const flush = async () => {
    folded.folding += await foldAlone(deps, batch)
    const begun = { cpu: process.cpuUsage(), at: performance.now() }
    await writeBatch(deps, batch)
    folded.written += cpuSince(begun.cpu)
    folded.seconds += (performance.now() - begun.at) / 1_000
    folded.sessions += batch.size
    for (const events of batch.values()) folded.events += events.length
    batch = new Map()
    told(folded)
  }
  for await (const { events, summary } of chats) {
    batch.set(summary.id, events)
    if (batch.size === batchSize) await flush()
  }
  if (batch.size > 0) await flush()
  return folded
}

async function writeBatch(deps: RoundDeps, batch: ReadonlyMap<SessionId, readonly LogEvent[]>): Promise<void> {
  async function* logOf(session: SessionId) {
    yield batch.get(session) ?? []
  }
  const heads = new Map([...batch].map(([session, events]) => [session, events.length]))
  await writeFacts({ ...deps, logOf }, heads, { again: false })
  await rollStale(deps, { progress: { round: 1 }, keep: async () => true })
}

async function foldAlone(
  { calendars, standing }: FactsDeps,
  batch: ReadonlyMap<SessionId, readonly LogEvent[]>,
): Promise<number> {
  const begun = process.cpuUsage()
  for (const events of batch.values()) {
    const [first] = events
    if (first?.type !== 'session_started') continue
    const fold = foldFacts({ standing, calendar: await calendars.at(first.body.inbox, first.at) })
    for (const event of events) fold.take(event)
    fold.facts([], [])
  }
  return cpuSince(begun)
}

export function cpuSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1_000_000
}

/** All up to then is folded, and was looked at once more: the next round goes on from there. */
export async function closeBooks({ connection }: Books, at: number): Promise<void> {
  const done = { version: definitionVersion, until: at, round: 1, leasedUntil: 0, deskAt: at, nightlyAt: at }
  await progressOf(connection).replaceOne({ _id: 'progress' }, done, { upsert: true })
}
