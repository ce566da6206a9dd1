import type { Connection } from 'mongoose'
import { repeatsIn } from '../../platform/duplicate-key.ts'
import { type Cell, cellAt } from './cell.ts'
import type { Cells } from './cells-of.ts'
import { dayOf, monthOf } from './keys.ts'
import { type Grain, idsWithin, lines, type Rollup, rollupId, rollupsOf } from './stored.ts'
import { addStored, everything, storedCell } from './stored-cell.ts'

/** The days and the months around these hours. */
export async function gatherAround(
  connection: Connection,
  { inbox, keys, round }: { inbox: string; keys: readonly string[]; round: number },
): Promise<void> {
  const days = new Set(keys.map(dayOf))
  for (const day of days) await gather(connection, { inbox, from: 'hour', to: 'day', key: day, round })
  for (const month of new Set([...days].map(monthOf)))
    await gather(connection, { inbox, from: 'day', to: 'month', key: month, round })
}

interface Gathering {
  inbox: string
  from: Grain
  to: Grain
  /** Of what is made; the keys of its parts begin with it. */
  key: string
  round: number
}

/** Makes a roll-up of those of a finer grain that lie in it. */
async function gather(connection: Connection, { inbox, from, to, key, round }: Gathering): Promise<void> {
  const parts = await Promise.all(
    lines.map((line) =>
      rollupsOf(connection)
        .find({ _id: idsWithin({ grain: from, from: key, until: key }, line, inbox) })
        .toArray()
        .then((found) => [line, found] as const),
    ),
  )
  const cells: Cells = new Map(parts.map(([line, found]) => [line, together(found)]))
  const starts = parts.flatMap(([, found]) => found.map(({ start }) => start.getTime()))
  if (starts.length > 0)
    await write(connection, { grain: to, inbox, key, start: new Date(Math.min(...starts)), cells, round })
}

/** The cells of some stretches of time, as those of one. */
function together(found: readonly Rollup[]): Map<string, Cell> {
  const all = new Map<string, Cell>()
  for (const { cells } of found) for (const stored of cells) addStored(cellAt(all, stored.of), stored, everything)
  return all
}

interface Written {
  grain: Grain
  inbox: string
  key: string
  start: Date
  cells: Cells
  round: number
}

/** In place of what was there. */
export async function write(
  connection: Connection,
  { grain, inbox, key, start, cells, round }: Written,
): Promise<void> {
  const rollups = lines.map((line): Rollup => {
    const sorted = [...(cells.get(line) ?? new Map<string, Cell>())].sort(([a], [b]) => (a < b ? -1 : 1))
    // Percentiles are not told by the hour of the week: 168 of everything would be most of what is stored.
    const bins = line === 'clock' ? 'no bins' : 'bins'
    const _id = rollupId(grain, line, inbox, key)
    return { _id, key, start, round, cells: sorted.map(([of, cell]) => storedCell(of, cell, bins)) }
  })
  const all = rollupsOf(connection)
  const ids = rollups.map(({ _id }) => _id)
  const there = await all.find({ _id: { $in: ids } }, { projection: { round: 1 } }).toArray()
  const known = new Set(there.map(({ _id }) => _id))
  // What is there need not be made anew of nothing, and what is not is inserted together: a store commits each upsert apart.
  const fresh = rollups.filter((one) => !known.has(one._id) && one.cells.length > 0)
  const repeats = fresh.length > 0 ? await all.insertMany(fresh, { ordered: false }).then(() => 0, repeatsIn) : 0
  // Whoever lost the turn has just written some.
  const again = repeats > 0 ? rollups : rollups.filter(({ _id }) => known.has(_id))
  if (again.length > 0) await all.bulkWrite(again.map(replacing), { ordered: false })
}

/** One that a later round has written is not found. */
const replacing = ({ _id, ...replacement }: Rollup) => ({
  replaceOne: { filter: { _id, round: { $lte: replacement.round } }, replacement },
})
