import type { Connection } from 'mongoose'
import { together } from '../../platform/together.ts'
import type { CallResult } from '../call/call.ts'
import type { Outcome } from '../call/outcome.ts'
import { attemptOf, attemptsOf, keptMs, noHeaders, type StoredAttempt } from './attempts.ts'
import type { Claimed } from './claim.ts'
import { gatherMs } from './gather.ts'
import { type Delivery, deliveriesOf } from './stored.ts'

export interface Made {
  delivery: Claimed
  /** Null: nothing was called. */
  result: CallResult | null
  outcome: Outcome
  at: number
}

/** Writes down what became of an attempt, and lets the delivery go. Nothing where it has been claimed by another since. */
export type Record = (made: Made) => Promise<void>

const most = 200

/** The attempts first: one that is written down and not let go is made again. Those that end alike are let go in one update. */
export function createRecord(connection: Connection): Record {
  const [attempts, deliveries] = [attemptsOf(connection), deliveriesOf(connection)]
  return together(
    async (all: readonly Made[]) => {
      const made = all.filter(({ outcome }) => outcome.kind !== 'interrupted')
      if (made.length > 0) await attempts.insertMany(made.map(kept), { ordered: false }).catch(withoutAnswers)
      const at = Math.max(...all.map((one) => one.at))
      for (const alike of Map.groupBy(all, (one) => JSON.stringify(changeOf(one, at))).values()) {
        const [first] = alike
        if (first) await deliveries.updateMany(asClaimed(alike), { $set: changeOf(first, at) })
      }
      return all.map(() => undefined)
    },
    most,
    gatherMs,
  )
}

/** The driver's own error has the documents in it, and with them what receivers answered; it goes into the output. */
const withoutAnswers = (error: unknown): never => {
  throw new Error(`attempts were not written: ${error instanceof Error ? error.message : 'no reason'}`)
}

/** An erasure waits for a claim and not for one that is over: what is answered after that is not kept. */
const kept = (made: Made): StoredAttempt => {
  const attempt = attemptOf(made.delivery, made)
  return made.at < made.delivery.until ? attempt : { ...attempt, headers: noHeaders, body: '' }
}

const asClaimed = (all: readonly Made[]) => ({
  _id: { $in: all.map(({ delivery }) => delivery._id) },
  claim: { $in: [...new Set(all.map(({ delivery }) => delivery.claim))] },
})

function changeOf({ delivery, result, outcome }: Made, at: number): Partial<Delivery> {
  if (outcome.kind === 'interrupted') return { claim: null, nextAt: at }
  const [lastStatus, lastWhy] =
    result?.kind === 'answered' ? [result.status, null] : [null, result?.why ?? 'nothing_to_send']
  const tries = delivery.tries + (outcome.kind === 'throttled' ? 0 : 1)
  return { claim: null, tries, lastAt: new Date(at), lastStatus, lastWhy, ...stateAfter(outcome, at) }
}

function stateAfter(outcome: Exclude<Outcome, { kind: 'interrupted' }>, at: number): Partial<Delivery> {
  switch (outcome.kind) {
    case 'delivered':
      return ended('delivered', at)
    case 'exhausted':
    case 'gone':
    case 'nothing':
      return ended('failed', at)
    case 'retry':
      return { nextAt: Math.ceil(at + outcome.inMs) }
    case 'throttled':
      return { nextAt: Math.ceil(at + outcome.restMs) }
  }
}

export const ended = (state: Delivery['state'], at: number) => ({
  state,
  waitsFor: null,
  expireAt: new Date(at + keptMs),
})
