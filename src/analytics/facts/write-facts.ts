import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import type { Fold } from '../../log/log.ts'
import { repeatsIn } from '../../platform/duplicate-key.ts'
import type { Calendar } from '../calendar/calendar.ts'
import type { Calendars } from '../calendar/calendars.ts'
import { hoursOf } from '../rollups/contributions.ts'
import type { Arrival } from './arrivals.ts'
import { type Facts, type FactsCollection, factsOf, type StoredFacts } from './facts.ts'
import { foldFacts } from './fold-facts.ts'
import type { Standing } from './standing.ts'

export interface FactsDeps {
  connection: Connection
  standing: Pick<Fold<Standing>, 'apply'>
  calendars: Calendars
  /** A chat's log from its beginning, page by page. */
  logOf(session: SessionId): AsyncIterable<readonly LogEvent[]>
  /** What of these chats has come where, as far as records are kept. */
  arrivals(sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, readonly Arrival[]>>
}

/** Chats, and how far their logs are known to go. */
export type Heads = ReadonlyMap<SessionId, Seq>

/** Logs that are in memory at once. */
const atOnce = 100

/**
 * Folds the logs of these chats, whole, into their rows. Those that are as far already are left alone, unless `again`.
 * Answers how many it folded.
 */
export async function writeFacts(deps: FactsDeps, heads: Heads, { again }: { again: boolean }): Promise<number> {
  const rows = factsOf(deps.connection)
  const behind = again ? [...heads.keys()] : await behindOf(rows, heads)
  for (let from = 0; from < behind.length; from += atOnce) await fold(deps, rows, behind.slice(from, from + atOnce))
  return behind.length
}

async function behindOf(rows: FactsCollection, heads: Heads): Promise<SessionId[]> {
  const projection = { version: 1, seq: 1 } as const
  const found = await rows.find({ _id: { $in: [...heads.keys()] } }, { projection }).toArray()
  const seqs = new Map(found.map(({ _id, version, seq }) => [_id, version === definitionVersion ? seq : 0]))
  return [...heads].filter(([session, head]) => (seqs.get(session) ?? 0) < head).map(([session]) => session)
}

async function fold(deps: FactsDeps, rows: FactsCollection, sessions: readonly SessionId[]): Promise<void> {
  const [found, arrivals] = await Promise.all([
    rows.find({ _id: { $in: [...sessions] } }).toArray(),
    deps.arrivals(sessions),
  ])
  const before = new Map(found.map((row) => [row._id, row]))
  const made = await Promise.all(
    sessions.map(async (session) => {
      const facts = await factsOfChat(deps, session, arrivals.get(session) ?? [], before.get(session))
      return facts && rowOf(session, facts, before.get(session))
    }),
  )
  const all = made.flatMap((row) => (row ? [row] : []))
  const [first, again] = [all.filter(({ stamp }) => stamp === 1), all.filter(({ stamp }) => stamp > 1)]
  // Of two who fold one chat the first is heard; the other would say the same.
  if (first.length > 0) await rows.insertMany(first, { ordered: false }).catch(repeatsIn)
  if (again.length > 0) await rows.bulkWrite(again.map(replacing), { ordered: false })
}

async function factsOfChat(
  deps: FactsDeps,
  session: SessionId,
  arrivals: readonly Arrival[],
  before: StoredFacts | undefined,
): Promise<{ facts: Facts; calendar: Calendar } | undefined> {
  let fold: ReturnType<typeof foldFacts> | undefined
  let calendar: Calendar | undefined
  for await (const page of deps.logOf(session))
    for (const event of page) {
      if (!fold && event.type === 'session_started') {
        calendar = await deps.calendars.at(event.body.inbox, event.at)
        fold = foldFacts({ standing: deps.standing, calendar })
      }
      fold?.take(event)
    }
  const facts = fold?.facts(arrivals, before?.arrived ?? [])
  return facts && calendar && { facts, calendar }
}

/** The hours in which it counted something, and those in which it does now, are to be made anew. */
function rowOf(
  session: SessionId,
  { facts, calendar }: { facts: Facts; calendar: Calendar },
  before: StoredFacts | undefined,
): StoredFacts {
  const hours = [...hoursOf(facts, calendar)].map((start) => new Date(start))
  const stale = unique([...(before?.stale ?? []), ...(before?.hours ?? []), ...hours])
  return { _id: session, ...facts, stamp: (before?.stamp ?? 0) + 1, hours, stale, isStale: true }
}

const unique = (dates: readonly Date[]): Date[] =>
  [...new Set(dates.map((date) => date.getTime()))].map((at) => new Date(at))

/** One that somebody else has written meanwhile is not found. */
const replacing = ({ _id, ...row }: StoredFacts) => ({
  replaceOne: { filter: { _id, stamp: row.stamp - 1 }, replacement: row },
})
