import type { EndpointId } from '../../contract/ids.ts'
import { repeatsIn } from '../../platform/duplicate-key.ts'
import { type Deliveries, type Delivery, deliveryIdOf } from './stored.ts'

export type Told = Pick<Delivery, 'event' | 'type' | 'session' | 'seq' | 'at'>

/** Due at once. */
export const newDelivery = (endpoint: EndpointId, told: Told, now: number): Delivery => ({
  _id: deliveryIdOf(endpoint, told.event),
  endpoint,
  ...told,
  state: 'waiting',
  waitsFor: endpoint,
  tries: 0,
  nextAt: now,
  claim: null,
  lastAt: null,
  lastStatus: null,
  lastWhy: null,
  isTest: false,
  expireAt: null,
})

/** Writes those that are not there yet, and answers how many. Repeating it changes nothing. */
export async function begin(deliveries: Deliveries, wanted: readonly Delivery[]): Promise<number> {
  if (wanted.length === 0) return 0
  try {
    const options = { ordered: false, writeConcern: { w: 'majority', j: true } } as const
    return (await deliveries.insertMany([...wanted], options)).insertedCount
  } catch (error) {
    return wanted.length - repeatsIn(error)
  }
}
