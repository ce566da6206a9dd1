import mongoose from 'mongoose'
import { PbfReader, PbfWriter } from 'pbf'
import { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import { type Cell, count, type Times, timesIn } from './cell.ts'
import { addBins, noBins, writeBins } from './sketch.ts'

type Bytes = mongoose.mongo.Binary

/**
 * A cell as it is kept. What was measured is bytes: a report of a year by day reads millions of numbers, of which most are
 * one byte. The same cell is the same bytes. Each number is whole, from 0 to 2^53, and a length says how many bytes follow it:
 *
 *     sums                = (place in Counted, sum)*
 *     calendar, business  = (place in Spread, length, how many, sum of ms, bins)*
 *     bins                = first bin, last - first, count, (bins that lie between, count)*
 */
export interface StoredCell extends Record<Reckoning, Bytes> {
  /** An agent's id, a tag; empty for all. */
  of: string
  /** How a person is called. */
  label?: string
  /** Without it: nothing waited. */
  longestQueue?: number
  sums: Bytes
}

/** Without `bins`: how often which times occurred is left out. */
export function storedCell(of: string, cell: Cell, bins: 'bins' | 'no bins'): StoredCell {
  const times = (hours: Reckoning) => written((to) => writeTimes(cell, hours, bins, to))
  return {
    of,
    ...(cell.label !== undefined && { label: cell.label }),
    ...(cell.longestQueue > 0 && { longestQueue: cell.longestQueue }),
    sums: written((to) => writeSums(cell, to)),
    calendar: times('calendar'),
    business: times('business'),
  }
}

function written(write: (to: PbfWriter) => void): Bytes {
  const to = new PbfWriter()
  write(to)
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

/** What a report tells of. */
export interface Told {
  spreads: ReadonlySet<Spread>
  hours: readonly Reckoning[]
}

/** What a report does not tell of need not have been read. */
export type PartOfCell = Omit<StoredCell, Reckoning> & Partial<Pick<StoredCell, Reckoning>>

export const everything: Told = { spreads: new Set(Spread.options), hours: Reckoning.options }

/** Adds what was kept to a cell. */
export function addStored(cell: Cell, stored: PartOfCell, { spreads, hours }: Told): void {
  if (stored.label !== undefined) cell.label = stored.label
  cell.longestQueue = Math.max(cell.longestQueue, stored.longestQueue ?? 0)
  addSums(cell, stored.sums)
  for (const one of hours) addTimes(cell, one, spreads, stored[one])
}

function addSums(cell: Cell, { buffer, position }: Bytes): void {
  const from = new PbfReader(buffer)
  while (from.pos < position) {
    const of = Counted.options[from.readVarint()]
    const sum = from.readVarint()
    if (of) count(cell, of, sum)
  }
}

function addTimes(cell: Cell, hours: Reckoning, spreads: ReadonlySet<Spread>, bytes: Bytes | undefined): void {
  if (!bytes || bytes.position === 0 || spreads.size === 0) return
  const from = new PbfReader(bytes.buffer)
  while (from.pos < bytes.position) {
    const spread = Spread.options[from.readVarint()]
    const end = from.readVarint() + from.pos
    if (spread && spreads.has(spread)) addOne(timesIn(cell, `${spread}:${hours}`), from, end)
    from.pos = end
  }
}

function addOne(times: Times, from: PbfReader, end: number): void {
  times.count += from.readVarint()
  times.sum += from.readVarint()
  addBins(times.bins, from, end)
}
