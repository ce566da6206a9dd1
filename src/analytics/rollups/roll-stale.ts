import { type DeskDeps, deskHour, rollDesk } from '../agents/roll-desk.ts'
import { hourMs } from '../calendar/calendar.ts'
import { factsOf, type StoredFacts } from '../facts/facts.ts'
import { type RollUpDeps, rollUp, type StaleHours } from './roll-up.ts'

type Stale = Pick<StoredFacts, '_id' | 'inbox' | 'stale' | 'stamp'>

/** Rows whose hours are made together. */
const most = 5_000
/** Hours that are made in less time than a turn lasts: a chat that was open for a year has thousands. */
const mostHours = 100

/**
 * Makes every hour anew in which a row has changed, and then says so in the row, unless it has changed once more. False: the
 * turn is another one's, who finds the rows as they were: what was written for them may have been refused.
 */
export async function rollStale(
  deps: RollUpDeps & DeskDeps,
  turn: { progress: { round: number }; keep(): Promise<boolean> },
): Promise<boolean> {
  const { round } = turn.progress
  const rows = factsOf(deps.connection)
  const projection = { inbox: 1, stale: 1, stamp: 1 } as const
  for (;;) {
    const found: Stale[] = await rows.find({ isStale: true }, { projection }).limit(most).toArray()
    if (found.length === 0) return true
    for (const piece of pieces(hoursIn(found))) {
      await rollUp(deps, piece, round)
      await rollDesk(deps, await deskHours(deps, piece), round)
      if (!(await turn.keep())) return false
    }
    const byStamp = Map.groupBy(found, (row) => row.stamp)
    for (const [stamp, same] of byStamp) {
      const unchanged = { _id: { $in: same.map(({ _id }) => _id) }, stamp }
      await rows.updateMany(unchanged, { $set: { stale: [] }, $unset: { isStale: 1 } })
    }
    if (found.length < most) return true
  }
}

function hoursIn(rows: readonly Stale[]): Map<string, Set<number>> {
  const hours = new Map<string, Set<number>>()
  for (const { inbox, stale } of rows) {
    const of = hours.get(inbox) ?? new Set()
    hours.set(inbox, of)
    for (const hour of stale) of.add(hour.getTime())
  }
  return hours
}

function* pieces(stale: StaleHours): Generator<StaleHours> {
  const all = [...stale].flatMap(([inbox, hours]) => [...hours].sort((a, b) => a - b).map((hour) => ({ inbox, hour })))
  for (let from = 0; from < all.length; from += mostHours) {
    const byInbox = Map.groupBy(all.slice(from, from + mostHours), ({ inbox }) => inbox)
    yield new Map([...byInbox].map(([inbox, of]) => [inbox, new Set(of.map(({ hour }) => hour))]))
  }
}

/** Those of the installation that have a moment in common with them. */
async function deskHours(deps: DeskDeps, stale: StaleHours): Promise<number[]> {
  const moments = [...stale.values()].flatMap((of) => [...of].flatMap((hour) => [hour, hour + hourMs - 1]))
  return [...new Set(await Promise.all(moments.map((moment) => deskHour(deps, moment))))]
}
