import { DDSketch } from '@datadog/sketches-js'
import type { PbfReader, PbfWriter } from 'pbf'

/** How far a percentile may be from the value that has it. */
const relativeAccuracy = 0.01

const { mapping } = new DDSketch({ relativeAccuracy })
/** What is not worth a bin of its own: nothing takes less than a millisecond. */
const least = 1

/**
 * How often which times occurred, in bins whose ends are two parts in a hundred apart. Two of them are merged by adding up,
 * in any order and with the same outcome, so that a month says what its hours say.
 */
export interface Bins {
  /** The bin of `counts[0]`. */
  first: number
  counts: Uint32Array
}

export const noBins = (): Bins => ({ first: 0, counts: new Uint32Array(0) })

export function addTime(bins: Bins, ms: number): void {
  const bin = mapping.key(Math.max(ms, least))
  makeRoom(bins, bin, bin)
  const at = bin - bins.first
  bins.counts[at] = (bins.counts[at] ?? 0) + 1
}

/** Bins that are made room for at once. */
const atOnce = 32

function makeRoom(bins: Bins, from: number, until: number): void {
  const there = { first: bins.first, end: bins.first + bins.counts.length }
  if (from >= there.first && until < there.end) return
  const isEmpty = there.first === there.end
  const start = Math.floor(from / atOnce) * atOnce
  const stop = (Math.floor(until / atOnce) + 1) * atOnce
  const first = isEmpty ? start : Math.min(there.first, start)
  const counts = new Uint32Array((isEmpty ? stop : Math.max(there.end, stop)) - first)
  counts.set(bins.counts, isEmpty ? 0 : there.first - first)
  bins.first = first
  bins.counts = counts
}

/** The least time that so many of all stay within: of two, nine of ten take both. Null: there are none. */
export function quantileOf({ first, counts }: Bins, share: number, all: number): number | null {
  const place = Math.max(1, Math.ceil(share * all))
  let passed = 0
  for (let at = 0; at < counts.length; at += 1) {
    passed += counts[at] ?? 0
    if (passed >= place) return mapping.value(first + at)
  }
  return null
}

export function mergeBins(bins: Bins, { first, counts }: Bins): void {
  if (counts.length === 0) return
  makeRoom(bins, first, first + counts.length - 1)
  const to = bins.counts
  const offset = first - bins.first
  for (let at = 0; at < counts.length; at += 1) to[offset + at] = (to[offset + at] ?? 0) + (counts[at] ?? 0)
}

/** Of each bin that was met its count, in order, so that the same bins are the same bytes: see `StoredCell`. Of none: no bytes. */
export function writeBins({ first, counts }: Bins, to: PbfWriter): void {
  const from = counts.findIndex((count) => count > 0)
  if (from === -1) return
  const until = counts.findLastIndex((count) => count > 0)
  to.writeVarint(first + from)
  to.writeVarint(until - from)
  let last = from
  for (let at = from; at <= until; at += 1) {
    const count = counts[at] ?? 0
    if (count === 0) continue
    if (at > from) to.writeVarint(at - last - 1)
    to.writeVarint(count)
    last = at
  }
}

/** Adds what was written, up to `end`. */
export function addBins(bins: Bins, from: PbfReader, end: number): void {
  if (from.pos === end) return
  const start = from.readVarint()
  makeRoom(bins, start, start + from.readVarint())
  const { first, counts } = bins
  for (let at = start - first; ; at += from.readVarint() + 1) {
    counts[at] = (counts[at] ?? 0) + from.readVarint()
    if (from.pos >= end) return
  }
}
