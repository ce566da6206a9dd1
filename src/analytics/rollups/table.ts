import mongoose from 'mongoose'
import { PbfReader, PbfWriter } from 'pbf'
import { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import { type Cell, count, type Times, timesIn } from './cell.ts'
import { addBins, noBins, writeBins } from './sketch.ts'

type Bytes = mongoose.mongo.Binary

/**
 * Cells as they are kept, in the order of `values`. What was measured is bytes: a report of a year by day reads millions of
 * numbers, of which most are one byte. The same cells are the same bytes. Each number is whole, from 0 to 2^53, and a length
 * says how many bytes follow it:
 *
 *     sums                = for each cell: length, (place in Counted, sum)*
 *     calendar, business  = for each cell: length, (place in Spread, length, how many, sum of ms, bins)*
 *     bins                = first bin, last - first, count, (bins that lie between, count)*
 */
export interface Table extends Record<Reckoning, Bytes> {
  /** Of what each cell is: an agent's id, a tag; empty for all. */
  values: string[]
  /** How people are called; null: not known. */
  labels?: (string | null)[]
  sums: Bytes
  longestQueues: number[]
}

/** `cells`: in order of their values. Without `bins`: how often which times occurred is left out. */
export function tableOf(cells: readonly (readonly [value: string, cell: Cell])[], bins: 'bins' | 'no bins'): Table {
  const all = cells.map(([, cell]) => cell)
  const times = (hours: Reckoning) => written(all, (cell, to) => writeTimes(cell, hours, bins, to))
  return {
    values: cells.map(([value]) => value),
    ...(all.some(({ label }) => label !== undefined) && { labels: all.map(({ label }) => label ?? null) }),
    sums: written(all, writeSums),
    longestQueues: all.map(({ longestQueue }) => longestQueue),
    calendar: times('calendar'),
    business: times('business'),
  }
}

function written(cells: readonly Cell[], write: (cell: Cell, to: PbfWriter) => void): Bytes {
  const to = new PbfWriter()
  for (const cell of cells) to.writeRawMessage(write, cell)
  return new mongoose.mongo.Binary(to.finish())
}

function writeSums({ sums }: Cell, to: PbfWriter): void {
  for (const [place, of] of Counted.options.entries()) {
    const sum = sums[of] ?? 0
    if (sum === 0) continue
    to.writeVarint(place)
    to.writeVarint(whole(sum))
  }
}

function writeTimes({ times }: Cell, hours: Reckoning, bins: 'bins' | 'no bins', to: PbfWriter): void {
  for (const [place, spread] of Spread.options.entries()) {
    const of = times[`${spread}:${hours}`]
    if (!of) continue
    to.writeVarint(place)
    to.writeRawMessage(writeOne, bins === 'bins' ? of : { ...of, bins: noBins() })
  }
}

function writeOne(times: Times, to: PbfWriter): void {
  to.writeVarint(times.count)
  to.writeVarint(whole(times.sum))
  writeBins(times.bins, to)
}

/** Anything else would be read as another number. */
function whole(sum: number): number {
  if (Number.isSafeInteger(sum) && sum >= 0) return sum
  throw new Error(`a sum of ${sum} cannot be kept: times and counts are whole, and never below zero`)
}

/** A report reads only the times that it tells of. */
export type PartOfTable = Omit<Table, Reckoning> & Partial<Pick<Table, Reckoning>>

const everySpread: ReadonlySet<Spread> = new Set(Spread.options)

/** Adds up what was read of a table. `cellOf`: to which cell; null: this value is not asked for. `spreads`: these times alone. */
export function addTable(
  table: PartOfTable,
  cellOf: (value: string) => Cell | null,
  spreads: ReadonlySet<Spread> = everySpread,
): void {
  const cells = table.values.map(cellOf)
  for (const [place, cell] of cells.entries()) {
    if (!cell) continue
    const label = table.labels?.[place]
    if (label) cell.label = label
    cell.longestQueue = Math.max(cell.longestQueue, table.longestQueues[place] ?? 0)
  }
  each(table.sums, cells, addSums)
  for (const hours of Reckoning.options)
    each(table[hours], cells, (cell, from, end) => addTimes(cell, { hours, spreads, from, end }))
}

/** What follows says its length first. */
function endOf(from: PbfReader): number {
  const length = from.readVarint()
  return from.pos + length
}

type Adding = (cell: Cell, from: PbfReader, end: number) => void

function each(bytes: Bytes | undefined, cells: readonly (Cell | null)[], add: Adding): void {
  if (!bytes) return
  const from = new PbfReader(bytes.buffer.subarray(0, bytes.position))
  for (const cell of cells) {
    const end = endOf(from)
    if (cell) add(cell, from, end)
    else from.pos = end
  }
}

function addSums(cell: Cell, from: PbfReader, end: number): void {
  while (from.pos < end) {
    const of = Counted.options[from.readVarint()]
    const sum = from.readVarint()
    if (of) count(cell, of, sum)
  }
}

interface TimesPart {
  hours: Reckoning
  spreads: ReadonlySet<Spread>
  from: PbfReader
  end: number
}

function addTimes(cell: Cell, { hours, spreads, from, end }: TimesPart): void {
  while (from.pos < end) {
    const spread = Spread.options[from.readVarint()]
    const next = endOf(from)
    if (spread && spreads.has(spread)) addOne(timesIn(cell, `${spread}:${hours}`), from, next)
    from.pos = next
  }
}

function addOne(times: Times, from: PbfReader, end: number): void {
  times.count += from.readVarint()
  times.sum += from.readVarint()
  addBins(times.bins, from, end)
}
