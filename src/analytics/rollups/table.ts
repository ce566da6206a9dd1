import mongoose from 'mongoose'
import { PbfReader, PbfWriter } from 'pbf'
import { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import { type Cell, count, type Times, timesIn } from './cell.ts'
import { addBins, noBins, writeBins } from './sketch.ts'

type Bytes = mongoose.mongo.Binary

/**
 * Cells as they are kept, in the order of `values`. What was measured is bytes: a report of a year by day reads millions of
 * numbers, of which most are one byte. The same cells are the same bytes.
 */
export interface Table extends Record<Reckoning, Bytes> {
  /** Of what each cell is: an agent's id, a tag; empty for all. */
  values: string[]
  /** How people are called; null: not known. */
  labels?: (string | null)[]
  /** Of each cell: how many bytes, then what was counted, by its place in `Counted`, and how much. */
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
    to.writeVarint(sum)
  }
}

/** Of each time: its place in `Spread`, how many bytes, how many there were, their sum, and their bins. */
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
  to.writeVarint(times.sum)
  writeBins(times.bins, to)
}

/** What a report needs of a table may be all that was read of it. */
export type PartOfTable = Omit<Table, 'sums' | Reckoning> & Partial<Table>

const all: ReadonlySet<Spread> = new Set(Spread.options)

/** Adds up what was read of a table. `cellOf`: to which cell; null: this value is not asked for. `spreads`: these times alone. */
export function addTable(
  table: PartOfTable,
  cellOf: (value: string) => Cell | null,
  spreads: ReadonlySet<Spread> = all,
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
