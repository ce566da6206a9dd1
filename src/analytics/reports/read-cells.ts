import type { Connection } from 'mongoose'
import type { Reckoning } from '../../contract/measures.ts'
import type { StoredCell } from '../rollups/cell.ts'
import { type Line, type Rollup, rollupId, rollupsOf } from '../rollups/stored.ts'
import type { Stretch } from './cover.ts'
import type { Needs } from './needs.ts'

/** A cell of one inbox in one stretch of time. */
export interface FoundCell {
  inbox: string
  /** Of the roll-up that it stands in. */
  key: string
  cell: Partial<StoredCell> & Pick<StoredCell, 'value'>
}

export interface Asked {
  line: Line
  inboxes: readonly string[]
  /** Null: all cells of the line. */
  value: string | null
  needs: Needs
  hours: Reckoning
}

/** The cells that lie in these stretches; of each only what is needed. */
export async function readCells(
  connection: Connection,
  stretches: readonly Stretch[],
  { line, inboxes, value, needs, hours }: Asked,
): Promise<FoundCell[]> {
  const projection = projectionOf(needs, hours)
  const read = async (inbox: string, { grain, from, until }: Stretch) => {
    // Hours of the last day follow its own key.
    const range = { $gte: rollupId(grain, line, inbox, from), $lt: rollupId(grain, line, inbox, `${until}~`) }
    const found = await rollupsOf(connection).find<Rollup>({ _id: range }, { projection }).toArray()
    return found.flatMap(({ key, cells }) => cells.map((cell) => ({ inbox, key, cell })))
  }
  const found = await Promise.all(inboxes.flatMap((inbox) => stretches.map((stretch) => read(inbox, stretch))))
  return found.flat().filter(({ cell }) => value === null || cell.value === value)
}

const projectionOf = ({ spreads }: Needs, hours: Reckoning): Record<string, 1> => ({
  key: 1,
  'cells.value': 1,
  'cells.label': 1,
  'cells.sums': 1,
  'cells.longestQueue': 1,
  ...Object.fromEntries([...spreads].map((spread) => [`cells.times.${spread}:${hours}`, 1])),
})
