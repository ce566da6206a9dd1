import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import { eventsOf } from '../../log/events.ts'
import { type DeskDeps, deskHour, rollDesk } from '../agents/roll-desk.ts'
import { dayMs, hourMs } from '../calendar/calendar.ts'
import { type FactsDeps, type Heads, writeFacts } from '../facts/write-facts.ts'
import { rollStale } from '../rollups/roll-stale.ts'
import { type Turn, takeTurn } from './turn.ts'

export interface RoundDeps extends FactsDeps, DeskDeps {}

/** Commits may be seen later than they were timed: a slow append, another machine's clock. ms */
const lateMs = 120_000
/** What is looked at once more every night: what a lost round, or an arrival after the folding, has left. ms */
const nightlyMs = 2 * dayMs
/** About so many events are looked through before the roll-ups are made: no hour is made often while much is new. */
const most = 20_000

/**
 * Folds the chats in which something was committed since the last round, and rolls up. Once a day, and after the
 * definitions have changed, it looks further back. Answers how many chats it folded; null: another process is at it.
 */
export async function foldNews(deps: RoundDeps, signal: AbortSignal): Promise<number | null> {
  const { connection, now } = deps
  const turn = await takeTurn(connection, now)
  if (!turn) return null
  const { progress } = turn
  const isNight = now() - progress.nightlyAt >= dayMs
  const isAnew = progress.version !== definitionVersion
  const back = now() - (isNight ? nightlyMs : lateMs)
  let from = isAnew ? ((await firstAt(connection)) ?? back) : Math.min(progress.until - lateMs, back)
  // A round that was interrupted has left some.
  if (!(await rollStale(deps, turn))) return 0
  const deskAt = await deskHour(deps, now())
  await rollDesk(deps, await hoursSince(deps, progress.deskAt), progress.round)
  let folded = 0
  let stepMs = hourMs
  for (let isLast = false; !isLast && !signal.aborted; ) {
    // What is committed from now on is the next round's.
    const lookedAt = now()
    const until = Math.min(from + stepMs, lookedAt)
    isLast = until === lookedAt
    const { heads, count } = await headsIn(connection, from, until + (isLast ? lateMs : 0))
    const more = await foldAll(deps, turn, heads, isNight && !isAnew)
    if (more === null) return folded
    folded += more
    const version = isLast ? definitionVersion : progress.version
    if (!(await turn.keep({ until, version, deskAt, ...(isLast && isNight && { nightlyAt: now() }) }))) return folded
    from = until
    stepMs = Math.max(hourMs, Math.min(dayMs, count < most / 2 ? stepMs * 2 : stepMs / 2))
  }
  await turn.end()
  return folded
}

/** Chats that are folded in less time than a turn lasts. */
const piece = 500

/** How many it was; null: another one has the turn. */
async function foldAll(deps: RoundDeps, turn: Turn, heads: Heads, again: boolean): Promise<number | null> {
  const all = [...heads]
  let folded = 0
  for (let from = 0; from < all.length; from += piece) {
    folded += await writeFacts(deps, new Map(all.slice(from, from + piece)), { again })
    if (!(await turn.keep())) return null
  }
  return (await rollStale(deps, turn)) ? folded : null
}

/** Hours in which agents may have been there since then; nobody knows of any before the first round. */
async function hoursSince(deps: DeskDeps, since: number): Promise<number[]> {
  const now = deps.now()
  const hours = new Set<number>()
  const first = since === 0 ? now : Math.max(since, now - nightlyMs)
  for (let at = first; at <= now; at += hourMs) hours.add(await deskHour(deps, at))
  return [...hours]
}

/** Chats in which something was committed in a stretch of time. */
async function headsIn(connection: Connection, from: number, until: number): Promise<{ heads: Heads; count: number }> {
  const projection = { _id: 0, session: 1, seq: 1 } as const
  const found = eventsOf(connection).find({ at: { $gte: new Date(from), $lt: new Date(until) } }, { projection })
  const heads = new Map<SessionId, Seq>()
  let count = 0
  for await (const { session, seq } of found) {
    heads.set(session, Math.max(seq, heads.get(session) ?? 0))
    count += 1
  }
  return { heads, count }
}

async function firstAt(connection: Connection): Promise<number | null> {
  const first = await eventsOf(connection)
    .find({}, { projection: { at: 1 } })
    .sort({ at: 1 })
    .limit(1)
    .next()
  return first?.at.getTime() ?? null
}
