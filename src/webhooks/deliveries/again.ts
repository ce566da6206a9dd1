import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EndpointId } from '../../contract/ids.ts'
import type { ShownDelivery } from '../../contract/webhook.ts'
import type { Doorbell } from '../doorbell.ts'
import { isOn } from '../endpoints/find.ts'
import { findDelivery, shown } from './find.ts'
import { deliveriesOf } from './stored.ts'

interface AgainDeps {
  connection: Connection
  doorbell: Doorbell
  now(): number
}

/** The schedule from its beginning. */
export const dueAnew = (endpoint: EndpointId, now: number) => ({
  state: 'waiting' as const,
  waitsFor: endpoint,
  tries: 0,
  nextAt: now,
  claim: null,
  expireAt: null,
})

/**
 * Sends one again, whatever became of it, under the same `webhook-id`. Throws `not_found`, `endpoint_off`, `version_conflict`
 * for one that is under way.
 */
export async function resend({ connection, doorbell, now }: AgainDeps, id: string): Promise<ShownDelivery> {
  const { _id, endpoint, isTest, state, tries, nextAt } = await findDelivery(connection, id)
  if (isTest) throw new DeskbridgeError('not_found')
  await mustBeOn(connection, endpoint)
  const isFree = { $or: [{ claim: null }, { nextAt: { $lte: now() } }] }
  const change = { $set: dueAnew(endpoint, now()) }
  const asRead = { _id, state, tries, nextAt, ...isFree }
  const changed = await deliveriesOf(connection).findOneAndUpdate(asRead, change, { returnDocument: 'after' })
  if (!changed) throw new DeskbridgeError('version_conflict')
  await doorbell.ring([{ kind: 'pull', endpoint }])
  return shown(changed)
}

/** Begins anew with all that failed of events since then; repeating it changes nothing. Throws `endpoint_off`. */
export async function recover(
  { connection, doorbell, now }: AgainDeps,
  endpoint: EndpointId,
  since: Date,
): Promise<number> {
  await mustBeOn(connection, endpoint)
  const failed = { endpoint, state: 'failed' as const, isTest: false, at: { $gte: since } }
  const { modifiedCount } = await deliveriesOf(connection).updateMany(failed, { $set: dueAnew(endpoint, now()) })
  await doorbell.ring([{ kind: 'pull', endpoint }])
  return modifiedCount
}

/** What is sent to one that is off would wait, and nobody would know for how long. */
export async function mustBeOn(connection: Connection, _id: EndpointId): Promise<void> {
  if (!(await isOn(connection, _id))) throw new DeskbridgeError('endpoint_off')
}
