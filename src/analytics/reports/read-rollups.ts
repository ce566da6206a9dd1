import type { Connection } from 'mongoose'
import type { Reckoning, Spread } from '../../contract/measures.ts'
import { idsWithin, type Line, type Rollup, rollupsOf, type Stretch } from '../rollups/stored.ts'
import type { PartOfTable } from '../rollups/table.ts'

/** A roll-up of one inbox in one stretch of time. */
export type FoundRollup = Pick<Rollup, 'key' | 'start'> & PartOfTable & { inbox: string }

export interface Asked {
  line: Line
  inboxes: readonly string[]
  spreads: ReadonlySet<Spread>
  hours: Reckoning
}

/** The roll-ups that lie in these stretches; of each only what is needed. */
export async function readRollups(
  connection: Connection,
  stretches: readonly Stretch[],
  { line, inboxes, spreads, hours }: Asked,
): Promise<FoundRollup[]> {
  const projection = projectionOf(spreads, hours)
  const read = async (inbox: string, stretch: Stretch) => {
    const wanted = { _id: idsWithin(stretch, line, inbox) }
    const found = await rollupsOf(connection).find<FoundRollup>(wanted, { projection, batchSize }).toArray()
    return found.map((rollup) => ({ ...rollup, inbox }))
  }
  const found = await Promise.all(inboxes.flatMap((inbox) => stretches.map((stretch) => read(inbox, stretch))))
  return found.flat()
}

/** Days of some years: a store answers with a hundred otherwise, and has to be asked once more. */
const batchSize = 2_000

const projectionOf = (spreads: ReadonlySet<Spread>, hours: Reckoning): Partial<Record<keyof Rollup, 0>> => ({
  round: 0,
  ...((spreads.size === 0 || hours === 'business') && { calendar: 0 }),
  ...((spreads.size === 0 || hours === 'calendar') && { business: 0 }),
})
