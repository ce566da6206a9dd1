import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import { eventsOf } from '../../log/events.ts'
import { type DeskDeps, rollDesk } from '../agents/roll-desk.ts'
import { type FactsDeps, type Heads, writeFacts } from '../facts/write-facts.ts'
import { rollStale } from '../rollups/roll-stale.ts'
import { takeTurn } from './turn.ts'

export interface RoundDeps extends FactsDeps, DeskDeps {}

/** Commits may be seen later than they were timed: a slow append, another machine's clock. ms */
const lateMs = 120_000
/** What is looked at once more every night: what a lost round, or an arrival after the folding, has left. ms */
const nightlyMs = 48 * 3_600_000
const hourMs = 3_600_000
const dayMs = 24 * 3_600_000
/** Events whose chats are folded before the roll-ups are made: rare enough that no hour is made often while much is new. */
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
  let from = isAnew ? 0 : Math.max(0, Math.min(progress.until, now()) - (isNight ? nightlyMs : lateMs))
  let folded = 0
  // A round that was interrupted has left some.
  await rollStale(deps, progress.round)
  await rollDesk(deps, hoursSince(deps, progress.deskAt), progress.round)
  for (;;) {
    const page = await headsFrom(connection, from)
    folded += await writeFacts(deps, page.heads, { again: isNight && !isAnew })
    await rollStale(deps, progress.round)
    const isLast = page.count < most
    const until = isLast ? now() : page.until
    const version = isAnew && !isLast ? progress.version : definitionVersion
    const deskAt = deps.calendar.hourOf(now()).start
    const kept = await turn.keep({ until, version, deskAt, ...(isLast && isNight && { nightlyAt: now() }) })
    if (!kept || isLast || signal.aborted) break
    from = page.until
  }
  await turn.end()
  return folded
}

/** Hours in which agents may have been there since then; nobody knows of any before the first round. */
function hoursSince({ calendar, now }: DeskDeps, since: number): number[] {
  const hours = new Set<number>()
  const first = since === 0 ? now() : Math.max(since, now() - nightlyMs)
  for (let at = first; at <= now(); at += hourMs) hours.add(calendar.hourOf(at).start)
  return [...hours]
}

interface Page {
  heads: Heads
  count: number
  /** Of the last event in it. Epoch ms. */
  until: number
}

async function headsFrom(connection: Connection, from: number): Promise<Page> {
  const projection = { _id: 0, session: 1, seq: 1, at: 1 } as const
  const events = await eventsOf(connection)
    .find({ at: { $gte: new Date(from) } }, { projection })
    .sort({ at: 1 })
    .limit(most)
    .toArray()
  const heads = new Map<SessionId, Seq>()
  for (const { session, seq } of events) heads.set(session, Math.max(seq, heads.get(session) ?? 0))
  return { heads, count: events.length, until: events.at(-1)?.at.getTime() ?? from }
}
