import type { mongo } from 'mongoose'
import type { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import type { Contribution } from './contributions.ts'
import { addPacked, addTime, type Bins, packed } from './sketch.ts'

/** All that was measured of one thing in one stretch of time. */
export interface Cell {
  sums: Partial<Record<Counted, number>>
  /** The most that waited at once. */
  longestQueue: number
  times: Partial<Record<TimeKey, Times>>
  /** How a person is called. */
  label?: string
}

export type TimeKey = `${Spread}:${Reckoning}`

export interface Times {
  count: number
  sum: number
  bins: Bins
}

export const emptyCell = (): Cell => ({ sums: {}, longestQueue: 0, times: {} })

/** The one under a key, or a new one. */
export function cellAt(cells: Map<string, Cell>, key: string): Cell {
  const cell = cells.get(key) ?? emptyCell()
  cells.set(key, cell)
  return cell
}

export const count = (cell: Cell, of: Counted, more: number): void => {
  cell.sums[of] = (cell.sums[of] ?? 0) + more
}

export function add(cell: Cell, one: Contribution): void {
  if (one.kind === 'count') {
    count(cell, one.of, one.count)
    return
  }
  addTo(timesIn(cell, `${one.of}:calendar`), one.ms)
  addTo(timesIn(cell, `${one.of}:business`), one.businessMs)
}

function addTo(times: Times, ms: number): void {
  times.count += 1
  times.sum += ms
  addTime(times.bins, ms)
}

function timesIn(cell: Cell, key: TimeKey): Times {
  const there = cell.times[key] ?? { count: 0, sum: 0, bins: new Map() }
  cell.times[key] = there
  return there
}

/** As it is kept: in order, so that the same cells are the same bytes. */
export interface StoredCell {
  /** Of what: an agent's id, a tag; empty for all. */
  value: string
  label?: string
  sums: Partial<Record<Counted, number>>
  longestQueue: number
  times: Partial<Record<TimeKey, { count: number; sum: number; bins: mongo.Binary }>>
}

export const stored = (value: string, { sums, longestQueue, times, label }: Cell): StoredCell => ({
  value,
  ...(label !== undefined && { label }),
  sums: inOrder(sums),
  longestQueue,
  times: Object.fromEntries(
    Object.entries(inOrder(times)).map(([key, { count: of, sum, bins }]) => [
      key,
      { count: of, sum, bins: packed(bins) },
    ]),
  ),
})

const inOrder = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T

/** What was not read of the stored one is left out. */
export function merge(cell: Cell, { sums = {}, longestQueue = 0, times = {}, label }: Partial<StoredCell>): void {
  if (label !== undefined) cell.label = label
  for (const [of, sum] of Object.entries(sums)) count(cell, of as Counted, sum)
  cell.longestQueue = Math.max(cell.longestQueue, longestQueue)
  for (const [key, more] of Object.entries(times)) {
    const there = timesIn(cell, key as TimeKey)
    there.count += more.count
    there.sum += more.sum
    addPacked(there.bins, more.bins)
  }
}
