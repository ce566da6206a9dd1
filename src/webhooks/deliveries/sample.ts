import type { Connection } from 'mongoose'
import type { WholeDelivery } from '../../contract/webhook.ts'
import type { WebhookType } from '../../contract/webhook-event.ts'
import type { Caller } from '../call/call.ts'
import { type Outcome, outcomeOf } from '../call/outcome.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { exampleOf } from '../events/examples.ts'
import { newDelivery } from './begin.ts'
import { shown } from './find.ts'
import { attemptOf } from './record.ts'
import { type Delivery, deliveriesOf, keptMs } from './stored.ts'

/** Sends the catalogue's example of a type, once, and tells how it went. Also to one that is off: it may be why it is. */
export async function sendSample(
  deps: {
    connection: Connection
    known: Pick<KnownEndpoints, 'opened'>
    caller: Pick<Caller, 'call'>
    newId(): string
    random(): number
    now(): number
  },
  endpoint: StoredEndpoint,
  type: WebhookType,
): Promise<WholeDelivery> {
  const event = `test_${deps.newId()}`
  const payload = exampleOf(type)
  const body = Buffer.from(JSON.stringify(payload))
  const result = await deps.caller.call({ url: endpoint.url, id: event, body, ...deps.known.opened(endpoint) })
  const at = deps.now()
  const outcome = outcomeOf(result, { attempt: 1, now: at, random: deps.random })
  const attempt = attemptOf(result, outcome, at)
  const told = { event, type, session: null, seq: null, at: attempt.at }
  const delivery: Delivery = {
    ...newDelivery(endpoint._id, told, at),
    ...{ isTest: true, state: stateOf(outcome), waitsFor: null, tries: 1, attempts: [attempt] },
    expireAt: new Date(at + keptMs),
  }
  await deliveriesOf(deps.connection).insertOne(delivery)
  return { ...shown(delivery), log: [{ ...attempt, at: attempt.at.toISOString() }], payload }
}

const stateOf = ({ kind }: Outcome): Delivery['state'] => (kind === 'delivered' ? 'delivered' : 'failed')
