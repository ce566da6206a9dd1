import fc from 'fast-check'
import mongoose from 'mongoose'
import { expect, it } from 'vitest'
import { Counted, Reckoning, Spread } from '../../contract/measures.ts'
import { type Cell, cellAt, count, emptyCell, merged, timesIn } from './cell.ts'
import { addTime } from './sketch.ts'
import { addStored, everything, type StoredCell, storedCell } from './stored-cell.ts'

const { BSON } = mongoose.mongo

const timeKeys = Spread.options.flatMap((spread) => Reckoning.options.map((hours) => `${spread}:${hours}` as const))

interface Measured {
  sums: [Counted, number][]
  times: [(typeof timeKeys)[number], number][]
  longestQueue: number
  label: string | undefined
}

const aMeasured: fc.Arbitrary<Measured> = fc.record({
  sums: fc.array(fc.tuple(fc.constantFrom(...Counted.options), fc.nat(10_000_000_000)), { maxLength: 6 }),
  times: fc.array(fc.tuple(fc.constantFrom(...timeKeys), fc.nat(86_400_000)), { maxLength: 12 }),
  longestQueue: fc.nat(40),
  label: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
})
const measuredByValue = fc.dictionary(fc.constantFrom('ana', 'bo', 'cleo', 'dan'), aMeasured)

function put(cell: Cell, { sums, times, longestQueue, label }: Measured): void {
  for (const [of, more] of sums) count(cell, of, more)
  for (const [key, ms] of times) {
    const of = timesIn(cell, key)
    of.count += 1
    of.sum += ms
    addTime(of.bins, ms)
  }
  cell.longestQueue = Math.max(cell.longestQueue, longestQueue)
  if (label !== undefined) cell.label = label
}

const stored = (cells: ReadonlyMap<string, Cell>): StoredCell[] =>
  [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([of, cell]) => storedCell(of, cell, 'bins'))

const kept = <T extends object>(cells: T): T => BSON.deserialize(BSON.serialize({ cells })).cells as T

it('adds up to what would have been measured together', () => {
  fc.assert(
    fc.property(fc.array(measuredByValue, { maxLength: 5 }), (parts) => {
      const together = new Map<string, Cell>()
      const read = new Map<string, Cell>()
      const all: Cell[] = []
      for (const part of parts) {
        const apart = new Map<string, Cell>()
        for (const [value, measured] of Object.entries(part)) {
          put(cellAt(together, value), measured)
          put(cellAt(apart, value), measured)
        }
        for (const one of kept(stored(apart))) addStored(cellAt(read, one.of), one, everything)
        all.push(...apart.values())
      }
      const one = ({ label: _, ...cell }: Cell) => BSON.serialize(storedCell('', cell, 'bins'))
      expect(BSON.serialize({ cells: stored(read) })).toEqual(BSON.serialize({ cells: stored(together) }))
      expect(one(merged(all))).toEqual(one(merged(together.values())))
    }),
  )
})

it('leaves out what is not told: other times, what was not read, and bins', () => {
  const times: Measured['times'] = [
    ['wait:calendar', 700],
    ['handling:calendar', 900],
    ['wait:business', 500],
  ]
  const cell = emptyCell()
  put(cell, { sums: [['started', 2]], times, longestQueue: 3, label: undefined })
  const { business: _, ...read } = kept(storedCell('bo', cell, 'no bins'))
  const found = emptyCell()
  addStored(found, read, { spreads: new Set<Spread>(['wait']), hours: ['calendar', 'business'] })
  expect(found).toEqual({
    sums: { started: 2 },
    longestQueue: 3,
    times: { 'wait:calendar': { count: 1, sum: 700, bins: { first: 0, counts: new Uint32Array(0) } } },
  })
})
