import fc from 'fast-check'
import { expect, it } from 'vitest'
import { live } from './desk.ts'
import { faultsOf } from './faults.ts'
import { logHistory, wholeHistory } from './history.ts'

const isBroken = process.env.DESKBRIDGE_MUTANT !== undefined
/** What is found is shown by then, as short as it has become. */
const within = {
  interruptAfterTimeLimit: 400_000,
  markInterruptAsFailure: true,
  // That a deliberate break is found is enough.
  endOnFailure: isBroken,
}
const times = isBroken ? 6 : 1

it('keeps each acknowledged message once and in order, and shows readers nothing else, whatever comes between and ends where', () =>
  fc.assert(
    fc.asyncProperty(logHistory, async (history) => {
      expect(faultsOf(await live(history, []))).toEqual([])
    }),
    { numRuns: 300 * times, ...within },
  ))

it('brings each event to each destination once and in order, and takes in once what people write there', () =>
  fc.assert(
    fc.asyncProperty(wholeHistory, async (history) => {
      expect(faultsOf(await live(history, ['slack', 'zendesk']))).toEqual([])
    }),
    { numRuns: 210 * times, ...within },
  ))
