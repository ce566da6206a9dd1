import { DDSketch } from '@datadog/sketches-js'
import mongoose from 'mongoose'

/** How far a percentile may be from the value that has it. */
const relativeAccuracy = 0.01

const { mapping } = new DDSketch({ relativeAccuracy })
/** What is not worth a bin of its own: nothing takes less than a millisecond. */
const least = 1

/**
 * How often which times occurred, in bins whose ends are two parts in a hundred apart. Two of them are merged by adding up,
 * in any order and with the same outcome, so that a month says what its hours say.
 */
export type Bins = Map<number, number>

export function addTime(bins: Bins, ms: number): void {
  const bin = mapping.key(Math.max(ms, least))
  bins.set(bin, (bins.get(bin) ?? 0) + 1)
}

/** The least time that so many stay within: of two, nine of ten take both. Null: there are none. */
export function quantileOf(bins: Bins, share: number): number | null {
  if (bins.size === 0) return null
  const sketch = new DDSketch({ relativeAccuracy })
  for (const [bin, count] of bins) {
    sketch.store.add(bin, count)
    sketch.count += count
  }
  const last = sketch.count - 1
  const place = Math.max(0, Math.ceil(share * sketch.count) - 1)
  // The library counts from 0 to `last`, and takes what is between two places for the earlier one.
  return sketch.getValueAtQuantile(place >= last ? 1 : (place + 0.5) / last)
}

const binBytes = 6

/** Two bytes of each bin's number and four of its count, in order: the same bins are the same bytes. */
export function packed(bins: Bins): mongoose.mongo.Binary {
  const bytes = Buffer.alloc(bins.size * binBytes)
  let at = 0
  for (const [bin, count] of [...bins].sort(([a], [b]) => a - b)) {
    bytes.writeInt16LE(bin, at)
    bytes.writeUInt32LE(count, at + 2)
    at += binBytes
  }
  return new mongoose.mongo.Binary(bytes)
}

export function addPacked(bins: Bins, { buffer, position }: mongoose.mongo.Binary): void {
  const view = new DataView(buffer.buffer, buffer.byteOffset, position)
  for (let at = 0; at < position; at += binBytes) {
    const bin = view.getInt16(at, true)
    bins.set(bin, (bins.get(bin) ?? 0) + view.getUint32(at + 2, true))
  }
}
