import type { LinkId } from '../doorbell.ts'
import type { Lease, Link, Links, Side } from './link.ts'

export interface Leases {
  /** The link, held by the caller, or `null` when another holds it or it is not due. */
  take(id: LinkId, side: Side): Promise<Link | null>
  /**
   * Changes the link only while the caller still holds it, and prolongs the lease with the same write.
   * `null`: it was lost, and nothing was written.
   */
  update(held: Link, side: Side, change: LinkChange, only?: Record<string, unknown>): Promise<Link | null>
  /** Lets go; false when `only` did not hold, and then the caller still has it. */
  release(held: Link, side: Side, change: Record<string, unknown>, only?: Record<string, unknown>): Promise<boolean>
}

export interface LinkChange {
  $set?: Record<string, unknown>
  $inc?: Record<string, number>
  $max?: Record<string, unknown>
  $min?: Record<string, unknown>
}

export function createLeases(deps: { links: Links; owner: string; leaseMs: number; now: () => number }): Leases {
  const { links, owner, leaseMs, now } = deps
  const heldBy = (held: Link, side: Side) => ({ _id: held._id, [`${side}.lease.token`]: held[side].lease.token })

  return {
    async take(id, side) {
      const at = now()
      return links.findOneAndUpdate(
        { _id: id, [`${side}.lease.until`]: { $lte: at }, [`${side}.nextAt`]: { $lte: at } },
        {
          $set: { [`${side}.lease.owner`]: owner, [`${side}.lease.until`]: at + leaseMs },
          $inc: { [`${side}.lease.token`]: 1 },
        },
        { returnDocument: 'after' },
      )
    },

    async update(held, side, change, only = {}) {
      return links.findOneAndUpdate(
        { ...heldBy(held, side), ...only },
        { ...change, $set: { ...change.$set, [`${side}.lease.until`]: now() + leaseMs } },
        { returnDocument: 'after' },
      )
    },

    async release(held, side, change, only = {}) {
      const result = await links.updateOne(
        { ...heldBy(held, side), ...only },
        { $set: { ...change, [`${side}.lease.until`]: 0 } },
      )
      return result.matchedCount === 1
    },
  }
}

/** A call may start only while its end falls inside the lease, or a successor could start it too. */
export const outlasts = (lease: Lease, now: number, times: { callTimeout: number; callMargin: number }): boolean =>
  lease.until - now >= times.callTimeout + times.callMargin
