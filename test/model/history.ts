import fc from 'fast-check'
import { type Mishap, mishaps } from './line.ts'

type Side = 'slack' | 'zendesk'

/** What people do, and what befalls the machines. */
export type Act =
  | { kind: 'say' | 'again'; author: number }
  | { kind: 'burst'; author: number; node: number }
  | { kind: 'write'; side: Side; session: number; colleague: number }
  | { kind: 'crash' | 'heal' | 'sweep'; node: number }
  | { kind: 'sleep'; node: number; ms: number }
  | { kind: 'fail over'; kept: number }
  | { kind: 'cut'; request: number }
  | { kind: 'flush' }
  | { kind: 'remote'; side: Side; mishap: Mishap }
  | { kind: 'push'; side: Side; stray: 'lost' | 'twice' }
  | { kind: 'pause' | 'resume'; side: Side; node: number }
  | { kind: 'leave'; reader: number }
  | { kind: 'pass'; ms: number }

/** `after`: so many steps after the act before it. */
export interface History {
  acts: readonly (Act & { after: number })[]
  /** Chooses between all that could happen next. */
  tape: readonly number[]
}

const after = fc.nat({ max: 25 })
const few = fc.nat({ max: 3 })
const side = fc.constantFrom<Side>('slack', 'zendesk')
const any = fc.nat({ max: 99 })
/** Longer than a lease, than a lease and the settling after it, than the time between two looks. */
const long = fc.constantFrom(1_000, 31_000, 100_000, 610_000)

const record = <T extends object>(weight: number, shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => ({
  weight,
  arbitrary: fc.record({ ...shape, after }) as unknown as fc.Arbitrary<Act & { after: number }>,
})

const onLog = [
  record(12, { kind: fc.constant('say'), author: few }),
  record(3, { kind: fc.constant('again'), author: few }),
  record(2, { kind: fc.constant('burst'), author: few, node: few }),
  record(2, { kind: fc.constant('crash'), node: few }),
  record(1, { kind: fc.constant('sleep'), node: few, ms: long }),
  record(3, { kind: fc.constant('fail over'), kept: few }),
  record(2, { kind: fc.constant('cut'), request: any }),
  record(2, { kind: fc.constant('leave'), reader: few }),
  record(1, { kind: fc.constant('heal'), node: few }),
  record(1, { kind: fc.constant('pass'), ms: long }),
]

const onRemotes = [
  record(10, { kind: fc.constant('write'), side, session: few, colleague: few }),
  record(6, { kind: fc.constant('remote'), side, mishap: fc.constantFrom(...mishaps) }),
  record(2, { kind: fc.constant('pause'), side, node: few }),
  record(3, { kind: fc.constant('resume'), side, node: few }),
  record(2, { kind: fc.constant('push'), side, stray: fc.constantFrom('lost', 'twice') }),
  record(3, { kind: fc.constant('sweep'), node: few }),
  record(3, { kind: fc.constant('crash'), node: few }),
  record(2, { kind: fc.constant('sleep'), node: few, ms: long }),
  record(2, { kind: fc.constant('pass'), ms: long }),
  record(3, { kind: fc.constant('flush') }),
]

const historyOf = (acts: typeof onLog, most: number, length: number): fc.Arbitrary<History> =>
  fc.record({
    acts: fc.array(fc.oneof(...acts), { minLength: most / 4, maxLength: most, size: 'max' }),
    tape: fc.array(fc.nat({ max: 5_039 }), { maxLength: length, size: 'max' }),
  })

/** Of the log and its readers alone: short enough for many. */
export const logHistory = historyOf(onLog, 24, 500)
/** With everything around it. */
export const wholeHistory = historyOf([...onLog, ...onRemotes], 40, 1_000)
