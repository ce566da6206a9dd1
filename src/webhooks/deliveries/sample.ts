import type { Connection } from 'mongoose'
import type { WholeDelivery } from '../../contract/webhook.ts'
import type { WebhookType } from '../../contract/webhook-event.ts'
import type { Caller } from '../call/call.ts'
import { outcomeOf } from '../call/outcome.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { exampleOf } from '../events/examples.ts'
import { attemptOf, attemptsOf, shownAttempt } from './attempts.ts'
import { newDelivery } from './begin.ts'
import { shown } from './find.ts'
import { ended } from './record.ts'
import { type Delivery, deliveriesOf } from './stored.ts'

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
  const told = { event, type, session: null, seq: null, at: new Date(at - result.ms) }
  const begun = newDelivery(endpoint._id, told, at)
  const attempt = attemptOf(begun, { result, outcome, at })
  const { at: lastAt, status: lastStatus, why: lastWhy } = attempt
  const last = { tries: 1, lastAt, lastStatus, lastWhy }
  const delivery: Delivery = { ...begun, isTest: true, ...last, ...ended(attempt.outcome, at) }
  await deliveriesOf(deps.connection).insertOne(delivery)
  await attemptsOf(deps.connection).insertOne(attempt)
  return { ...shown(delivery), log: [shownAttempt(attempt)], payload }
}
