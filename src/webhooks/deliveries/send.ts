import type { Caller, CallResult } from '../call/call.ts'
import { type Outcome, outcomeOf } from '../call/outcome.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import type { Bodies } from './body.ts'
import type { Claimed } from './claim.ts'
import type { Record } from './record.ts'

/** One attempt, from making what is sent to writing down what became of it. */
export type Send = (endpoint: StoredEndpoint, delivery: Claimed) => Promise<Outcome>

export function createSend(deps: {
  bodies: Bodies
  known: Pick<KnownEndpoints, 'opened'>
  caller: Caller
  record: Record
  random(): number
  now(): number
}): Send {
  const { bodies, known, caller, record, random, now } = deps

  const call = async (endpoint: StoredEndpoint, delivery: Claimed): Promise<CallResult | null> => {
    const body = await bodies.of(delivery)
    // It is another worker's by now, which may be at what comes after it.
    if (now() >= delivery.until) throw new Error('a webhook was not called, because it took too long to make')
    return body && caller.call({ url: endpoint.url, id: delivery.event, body, ...known.opened(endpoint) })
  }

  return async (endpoint, delivery) => {
    const result = await call(endpoint, delivery)
    const at = now()
    const outcome: Outcome = result
      ? outcomeOf(result, { attempt: delivery.tries + 1, now: at, random })
      : { kind: 'nothing' }
    await record({ delivery, result, outcome, at })
    return outcome
  }
}
