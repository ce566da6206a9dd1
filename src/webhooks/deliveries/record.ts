import { together } from '../../platform/together.ts'
import type { CallResult } from '../call/call.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Claimed } from './claim.ts'
import { type Deliveries, type Delivery, keptMs, type StoredAttempt } from './stored.ts'

export interface Made {
  delivery: Claimed
  /** Null: nothing was called. */
  result: CallResult | null
  outcome: Outcome
  at: number
}

/** Writes down what became of an attempt, and lets the delivery go. Nothing where it has been claimed by another since. */
export type Record = (made: Made) => Promise<void>

/** Of the newest: ten of a schedule, and some resends. */
const mostAttempts = 50
const most = 200

export const createRecord = (deliveries: Deliveries): Record =>
  together(async (all: readonly Made[]) => {
    const writes = all.map((made) => ({
      updateOne: { filter: { _id: made.delivery._id, claim: made.delivery.claim }, update: updateOf(made) },
    }))
    await deliveries.bulkWrite(writes, { ordered: false })
    return all.map(() => undefined)
  }, most)

function updateOf({ delivery, result, outcome, at }: Made) {
  const $set = { claim: null, ...stateAfter(outcome, at) }
  if (outcome.kind === 'interrupted') return { $set }
  const attempts = { $each: [attemptOf(result, outcome, at)], $slice: -mostAttempts }
  const tries = delivery.tries + (outcome.kind === 'throttled' ? 0 : 1)
  return { $set: { ...$set, tries }, $push: { attempts } }
}

function stateAfter(outcome: Outcome, at: number): Partial<Delivery> {
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
    case 'interrupted':
      return { nextAt: at }
  }
}

const ended = (state: Delivery['state'], at: number): Partial<Delivery> => ({
  state,
  waitsFor: null,
  expireAt: new Date(at + keptMs),
})

/** As it is kept for whoever looks why a call failed. */
export function attemptOf(result: CallResult | null, outcome: Outcome, at: number): StoredAttempt {
  const ms = result?.ms ?? 0
  const said = { at: new Date(at - ms), ms, outcome: outcomeIn(outcome) }
  if (result?.kind !== 'answered')
    return { ...said, status: null, why: result?.why ?? 'nothing_to_send', headers: [], body: '', truncated: false }
  const { status, headers, body, truncated } = result
  return { ...said, status, why: null, headers: [...headers], body, truncated }
}

const outcomeIn = ({ kind }: Outcome): StoredAttempt['outcome'] => (kind === 'delivered' ? 'delivered' : 'failed')
