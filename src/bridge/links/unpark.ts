import type { DestinationName } from '../port/connector.ts'
import { parked } from './held-up.ts'
import type { Links } from './link.ts'

/** What an administrator's pause of a destination has put aside is due. */
export async function unpark(links: Links, destination: DestinationName): Promise<void> {
  const waiting = { destination, 'outbound.behind': true, 'outbound.nextAt': parked }
  // Mostly there is nothing, which a read finds out.
  if (!(await links.findOne(waiting, { projection: { _id: 1 } }))) return
  await links.updateMany(waiting, { $set: { 'outbound.nextAt': 0 } })
}
