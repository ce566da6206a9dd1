import type { Connection } from 'mongoose'
import { endpointsOf } from '../endpoints/stored.ts'
import { forgetDeliveries } from './forget.ts'
import { deliveriesOf } from './stored.ts'

/**
 * Takes away what waits for endpoints that are gone: a removal that died in the middle, or a process that did not know of it
 * yet, has left it. Answers of how many.
 */
export async function sweepRemoved(connection: Connection): Promise<number> {
  const waitedFor = await deliveriesOf(connection).distinct('waitsFor', { waitsFor: { $ne: null } })
  // Read afterwards, so that none is missing here that has just been made.
  const there = new Set(await endpointsOf(connection).distinct('_id', {}))
  const gone = waitedFor.filter((id) => id !== null && !there.has(id))
  for (const id of gone) if (id !== null) await forgetDeliveries(connection, id)
  return gone.length
}
