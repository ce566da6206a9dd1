import { type DeskDeps, rollDesk } from '../agents/roll-desk.ts'
import { hourMs } from '../calendar/calendar.ts'
import { factsOf, type StoredFacts } from '../facts/facts.ts'
import { type RollUpDeps, rollUp } from './roll-up.ts'

type Stale = Pick<StoredFacts, '_id' | 'inbox' | 'stale' | 'stamp'>

/** Rows whose hours are made together. */
const most = 5_000

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
    const stale = hoursIn(found)
    await rollUp(deps, stale, round)
    await rollDesk(deps, deskHours(stale, deps.calendar), round)
    if (!(await turn.keep())) return false
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

/** Those of the installation that have a moment in common with them. */
function deskHours(stale: ReadonlyMap<string, ReadonlySet<number>>, { hourOf }: DeskDeps['calendar']): number[] {
  const hours = new Set<number>()
  for (const of of stale.values())
    for (const hour of of) for (const moment of [hour, hour + hourMs - 1]) hours.add(hourOf(moment).start)
  return [...hours]
}
