import type { mongo } from 'mongoose'
import type { Deliveries, Delivery } from './stored.ts'

/**
 * What waited for its turn is due now. Its time always changes, so that a worker that has just found it not to be its turn,
 * and puts it off unless it changed since, comes too late.
 */
export async function putOn(deliveries: Deliveries, those: mongo.Filter<Delivery>, now: number): Promise<void> {
  const nextAt = { $min: [now, { $subtract: ['$nextAt', 1] }] }
  await deliveries.updateMany({ ...those, state: 'waiting', claim: null }, [{ $set: { nextAt } }])
}
