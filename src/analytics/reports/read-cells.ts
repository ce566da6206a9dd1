import type { Connection } from 'mongoose'
import type { Reckoning } from '../../contract/measures.ts'
import type { StoredCell } from '../rollups/cell.ts'
import { idsWithin, type Line, type Rollup, rollupsOf, type Stretch } from '../rollups/stored.ts'
import type { Needs } from './needs.ts'

/** A cell of one inbox in one stretch of time. */
export interface FoundCell {
  inbox: string
  /** Of the roll-up that it stands in. */
  key: string
  start: Date
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
  const read = async (inbox: string, stretch: Stretch) => {
    const wanted = { _id: idsWithin(stretch, line, inbox) }
    const found = await rollupsOf(connection).find<Rollup>(wanted, { projection }).toArray()
    return found.flatMap(({ key, start, cells }) => cells.map((cell) => ({ inbox, key, start, cell })))
  }
  const found = await Promise.all(inboxes.flatMap((inbox) => stretches.map((stretch) => read(inbox, stretch))))
  return found.flat().filter(({ cell }) => value === null || cell.value === value)
}

const projectionOf = ({ spreads }: Needs, hours: Reckoning): Record<string, 1> => ({
  key: 1,
  start: 1,
  'cells.value': 1,
  'cells.label': 1,
  'cells.sums': 1,
  'cells.longestQueue': 1,
  ...Object.fromEntries([...spreads].map((spread) => [`cells.times.${spread}:${hours}`, 1])),
})
