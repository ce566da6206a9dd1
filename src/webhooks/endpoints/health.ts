import type { Connection } from 'mongoose'
import type { EndpointId, EventId } from '../../contract/ids.ts'
import type { DisabledWhy } from '../../contract/webhook.ts'
import { deliveriesOf } from '../deliveries/stored.ts'
import { endpointsOf, type StoredEndpoint } from './stored.ts'

/** Nothing but failures for so long: nobody looks after it any more. ms */
export const patienceMs = 5 * 86_400_000

/** How an endpoint does, as its calls tell. What changes nothing is not written. */
export interface Health {
  isWell(endpoint: StoredEndpoint): Promise<void>
  /** `restsUntil`: other workers need not find out for themselves. Answers whether it was disabled for it. */
  isFailing(endpoint: StoredEndpoint, restsUntil: number | null): Promise<boolean>
  /** It said so itself (410). Answers whether that is news. */
  isGone(endpoint: StoredEndpoint): Promise<boolean>
}

export function createHealth(deps: {
  connection: Connection
  newEvent(): EventId
  /** What is known of endpoints here is over. */
  changed(): void
  now(): number
}): Health {
  const { newEvent, changed, now } = deps
  const endpoints = endpointsOf(deps.connection)
  /** Said to fail by this process: what it has read of them may be older. */
  const troubled = new Set<EndpointId>()

  /** Whoever gave it another address, or turned it off and on, has begun anew. */
  const asCalled = ({ _id, url, since }: StoredEndpoint) => ({ _id, url, since, enabled: true })

  const disable = async (endpoint: StoredEndpoint, why: DisabledWhy, unless: object): Promise<boolean> => {
    const disabled = { why, at: new Date(now()), notice: newEvent(), isTold: false }
    const change = { $set: { enabled: false, disabled }, $inc: { revision: 1 } }
    const { modifiedCount } = await endpoints.updateOne({ ...asCalled(endpoint), ...unless }, change)
    changed()
    return modifiedCount === 1
  }

  /** A process that had not heard of the failures yet has told nobody of its success. */
  const hasTaken = async ({ _id: endpoint }: StoredEndpoint, since: Date): Promise<boolean> => {
    const taken = { endpoint, state: 'delivered' as const, isTest: false, lastAt: { $gt: since } }
    return (await deliveriesOf(deps.connection).findOne(taken, { projection: { _id: 1 } })) !== null
  }

  return {
    async isWell(endpoint) {
      const { _id, failingSince, restsUntil } = endpoint
      if (failingSince === null && restsUntil === null && !troubled.has(_id)) return
      troubled.delete(_id)
      await endpoints.updateOne(asCalled(endpoint), { $set: { failingSince: null, restsUntil: null } })
      changed()
    },
    async isFailing(endpoint, restsUntil) {
      const { failingSince } = endpoint
      troubled.add(endpoint._id)
      const same = asCalled(endpoint)
      if (failingSince === null)
        await endpoints.updateOne({ ...same, failingSince: null }, { $set: { failingSince: new Date(now()) } })
      const isRest = restsUntil !== null && restsUntil > (endpoint.restsUntil?.getTime() ?? 0)
      if (isRest) await endpoints.updateOne(same, { $max: { restsUntil: new Date(restsUntil) } })
      // A success right after it has to know of it.
      if (failingSince === null || isRest) changed()
      const longAgo = new Date(now() - patienceMs)
      if (failingSince === null || failingSince > longAgo) return false
      if (await hasTaken(endpoint, failingSince)) {
        await endpoints.updateOne({ ...same, failingSince }, { $set: { failingSince: null } })
        return false
      }
      return disable(endpoint, 'failing', { failingSince: { $lte: longAgo } })
    },
    isGone: (endpoint) => disable(endpoint, 'gone', {}),
  }
}
