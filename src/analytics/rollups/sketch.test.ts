import fc from 'fast-check'
import { PbfReader, PbfWriter } from 'pbf'
import { expect, it } from 'vitest'
import { addBins, addTime, type Bins, mergeBins, noBins, quantileOf, writeBins } from './sketch.ts'

const binsOf = (times: readonly number[]): Bins => {
  const bins = noBins()
  for (const time of times) addTime(bins, time)
  return bins
}

function bytesOf(bins: Bins): Uint8Array {
  const to = new PbfWriter()
  writeBins(bins, to)
  return to.finish()
}

/** From a millisecond to a year, as often short as long. */
const times = fc.array(
  fc.double({ min: 0, max: Math.log(365 * 24 * 3_600_000), noNaN: true }).map((log) => Math.round(Math.exp(log))),
  { minLength: 1, maxLength: 200 },
)

it('is merged, in any order, to the very bytes of all at once', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat(7)), (parts, chance) => {
      const merged = noBins()
      const unread = noBins()
      const left = parts.map((part) => bytesOf(binsOf(part)))
      while (left.length > 0) {
        const [next] = left.splice((chance.next().value ?? 0) % left.length, 1)
        if (!next) continue
        addBins(merged, new PbfReader(next), next.length)
        const one = noBins()
        addBins(one, new PbfReader(next), next.length)
        mergeBins(unread, one)
      }
      const atOnce = bytesOf(binsOf(parts.flat()))
      expect([bytesOf(merged), bytesOf(unread)]).toEqual([atOnce, atOnce])
    }),
  )
})

it('finds a percentile to one part in a hundred', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0, 0.5, 0.9, 1), (all, share) => {
      const sorted = [...all].sort((a, b) => a - b)
      const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
      const found = quantileOf(binsOf(all), share, all.length) ?? Number.NaN
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9)
    }),
  )
})

it('takes what took no time for a millisecond, and finds nothing in nothing', () => {
  expect([quantileOf(binsOf([0, 0, 0]), 0.5, 3)?.toFixed(1), quantileOf(binsOf([]), 0.5, 0)]).toEqual(['1.0', null])
})
