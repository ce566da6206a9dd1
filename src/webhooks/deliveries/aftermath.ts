import type { Connection } from 'mongoose'
import type { Outcome } from '../call/outcome.ts'
import type { Scheduler } from '../doorbell.ts'
import { isOn } from '../endpoints/find.ts'
import type { Health } from '../endpoints/health.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { dueAnew } from './again.ts'
import type { Breaker } from './breaker.ts'
import type { Claimed } from './claim.ts'
import { putOn } from './put-on.ts'
import { deliveriesOf } from './stored.ts'

/** What follows from an attempt for its endpoint, and for what waits behind it. */
export type Aftermath = (
  endpoint: StoredEndpoint,
  delivery: Claimed,
  what: { outcome: Outcome; breaker: Breaker },
) => Promise<void>

export function createAftermath(deps: {
  connection: Connection
  health: Health
  scheduler: Scheduler
  /** An endpoint was disabled; the notice of it is due. */
  disabled(): Promise<void>
  now(): number
}): Aftermath {
  const { health, scheduler, now } = deps
  const deliveries = deliveriesOf(deps.connection)

  /** The next of its chat may go. */
  const letNextGo = async ({ ordered }: StoredEndpoint, { session, endpoint, seq }: Claimed) => {
    if (!ordered || session === null || seq === null) return
    const next = { session, endpoint, state: 'waiting' as const, seq: { $gt: seq } }
    const found = await deliveries
      .find(next, { projection: { _id: 1 } })
      .sort({ seq: 1 })
      .limit(1)
      .next()
    if (found) await putOn(deliveries, { _id: found._id }, now())
  }

  const failing = async (endpoint: StoredEndpoint, breaker: Breaker) => {
    if (await health.isFailing(endpoint, breaker.kind === 'open' ? breaker.until : null)) await deps.disabled()
  }

  /** An endpoint that is on all the same has another address by now, which was not asked. */
  const askAnother = async ({ _id }: StoredEndpoint, delivery: Claimed) => {
    if (!(await isOn(deps.connection, _id))) return
    await deliveries.updateOne({ _id: delivery._id, state: 'failed' }, { $set: dueAnew(_id, now()) })
  }

  return async (endpoint, delivery, { outcome, breaker }) => {
    switch (outcome.kind) {
      case 'delivered':
        await health.isWell(endpoint)
        return letNextGo(endpoint, delivery)
      case 'nothing':
        return letNextGo(endpoint, delivery)
      case 'exhausted':
        await failing(endpoint, breaker)
        return letNextGo(endpoint, delivery)
      case 'retry':
        await scheduler.wakeAt({ kind: 'pull', endpoint: endpoint._id }, now() + outcome.inMs)
        return failing(endpoint, breaker)
      case 'throttled':
        return failing(endpoint, breaker)
      case 'gone':
        return (await health.isGone(endpoint)) ? deps.disabled() : askAnother(endpoint, delivery)
      case 'interrupted':
        return
    }
  }
}
