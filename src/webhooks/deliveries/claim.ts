import type { DeliveryId } from '../../contract/ids.ts'
import { together } from '../../platform/together.ts'
import { gatherMs } from './gather.ts'
import type { Deliveries, Delivery } from './stored.ts'

/** What a call needs of a delivery. */
export type Claimed = Pick<Delivery, '_id' | 'endpoint' | 'event' | 'type' | 'session' | 'seq' | 'tries'> & {
  claim: string
  /** ms; afterwards another worker may have it. */
  until: number
}

/** Has a delivery that is due, for `leaseMs`; null: it is not due, or another worker has it. */
export type Claim = (id: DeliveryId) => Promise<Claimed | null>

const most = 200
const projection = { endpoint: 1, event: 1, type: 1, session: 1, seq: 1, tries: 1 } as const

export function createClaim(deps: {
  deliveries: Deliveries
  newClaim(): string
  leaseMs: number
  now(): number
}): Claim {
  const { deliveries, newClaim, leaseMs, now } = deps
  return together(
    async (ids: readonly DeliveryId[]) => {
      const claim = newClaim()
      const at = now()
      const due = { _id: { $in: [...new Set(ids)] }, state: 'waiting' as const, nextAt: { $lte: at } }
      const { modifiedCount } = await deliveries.updateMany(due, { $set: { claim, nextAt: at + leaseMs } })
      if (modifiedCount === 0) return ids.map(() => null)
      const ours = await deliveries.find({ _id: due._id, claim }, { projection }).toArray()
      const found = new Map(ours.map((delivery) => [delivery._id, { ...delivery, claim, until: at + leaseMs }]))
      // Whoever asks for the same one in the same round comes second.
      return ids.map((id) => {
        const delivery = found.get(id) ?? null
        found.delete(id)
        return delivery
      })
    },
    most,
    gatherMs,
  )
}
