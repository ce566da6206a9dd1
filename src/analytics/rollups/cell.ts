import { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import type { Contribution } from './contributions.ts'
import { addTime, type Bins, mergeBins, noBins } from './sketch.ts'

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

export function timesIn(cell: Cell, key: TimeKey): Times {
  const there = cell.times[key] ?? { count: 0, sum: 0, bins: noBins() }
  cell.times[key] = there
  return there
}

/** What was measured in several stretches of time, as in one. */
export function merged(cells: Iterable<Cell>): Cell {
  const all = emptyCell()
  for (const { sums, longestQueue, times } of cells) {
    all.longestQueue = Math.max(all.longestQueue, longestQueue)
    for (const of of Counted.options) if (sums[of]) count(all, of, sums[of])
    for (const key of timeKeys) if (times[key]) mergeTimes(timesIn(all, key), times[key])
  }
  return all
}

const timeKeys = Spread.options.flatMap((of) => Reckoning.options.map((hours): TimeKey => `${of}:${hours}`))

function mergeTimes(times: Times, { count, sum, bins }: Times): void {
  times.count += count
  times.sum += sum
  mergeBins(times.bins, bins)
}
