import type { Connection } from 'mongoose'
import { idsWithin, type Line, type Rollup, rollupsOf, type Stretch } from '../rollups/stored.ts'
import type { PartOfCell, Told } from '../rollups/stored-cell.ts'

/** A roll-up of one inbox in one stretch of time. */
export interface FoundRollup extends Pick<Rollup, 'key' | 'start'> {
  inbox: string
  cells: readonly PartOfCell[]
}

export interface Asked {
  line: Line
  inboxes: readonly string[]
  told: Told
  /** The cells of this alone. */
  only?: string | undefined
}

/** The roll-ups that lie in these stretches; of each only what is needed. */
export async function readRollups(
  connection: Connection,
  stretches: readonly Stretch[],
  { line, inboxes, told, only }: Asked,
): Promise<FoundRollup[]> {
  const projection =
    only === undefined ? withoutUntold(told) : { key: 1, start: 1, cells: { $elemMatch: { of: only } } }
  const read = async (inbox: string, stretch: Stretch) => {
    const found = rollupsOf(connection).find<Found>({ _id: idsWithin(stretch, line, inbox) }, { projection, batchSize })
    return (await found.toArray()).map(({ cells = [], ...rollup }) => ({ ...rollup, inbox, cells }))
  }
  const found = await Promise.all(inboxes.flatMap((inbox) => stretches.map((stretch) => read(inbox, stretch))))
  return found.flat()
}

/** Without cells where there is none of what is asked for. */
type Found = Omit<FoundRollup, 'inbox' | 'cells'> & Partial<Pick<FoundRollup, 'cells'>>

/** Days of some years: a store answers with a hundred otherwise, and has to be asked once more. */
const batchSize = 2_000

const withoutUntold = ({ spreads, hours }: Told): Record<string, 0> => ({
  round: 0,
  ...((spreads.size === 0 || !hours.includes('calendar')) && { 'cells.calendar': 0 }),
  ...((spreads.size === 0 || !hours.includes('business')) && { 'cells.business': 0 }),
})
