import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Doorbell } from '../doorbell.ts'
import { type Links, linkId } from '../links/link.ts'
import { type Head, raiseHeads } from '../outbound/announce.ts'
import type { Connector } from '../port/connector.ts'

const batch = 500

export interface RecentDeps {
  connection: Connection
  links: Links
  connectors: readonly Pick<Connector, 'name' | 'wants' | 'places'>[]
  doorbell: Doorbell
  now: () => number
}

/** Compares what was committed in the last `windowMs` with the links, and makes or raises those that a crash left out. */
export async function sweepRecent(deps: RecentDeps, windowMs: number): Promise<number> {
  let raised = 0
  for (const connector of deps.connectors) {
    let heads: Head[] = []
    for await (const { _id, head } of newestOf(deps, connector, windowMs)) {
      heads.push({ session: _id, destination: connector.name, head })
      if (heads.length < batch) continue
      raised += await raiseMissing(deps, heads)
      heads = []
    }
    raised += await raiseMissing(deps, heads)
  }
  return raised
}

const newestOf = (deps: RecentDeps, connector: RecentDeps['connectors'][number], windowMs: number) =>
  deps.connection.collection<LogEvent>('events').aggregate<{ _id: SessionId; head: Seq }>([
    {
      $match: {
        at: { $gte: new Date(deps.now() - windowMs) },
        type: { $in: [...connector.wants] },
        origin: { $ne: connector.name },
      },
    },
    { $group: { _id: '$session', head: { $max: '$seq' } } },
  ])

/** Raises the links that are lower than that, or not there. */
export async function raiseMissing(deps: RecentDeps, heads: readonly Head[]): Promise<number> {
  if (heads.length === 0) return 0
  const ids = heads.map(({ session, destination }) => linkId(session, destination))
  const known = await deps.links.find({ _id: { $in: ids } }, { projection: { 'outbound.head': 1 } }).toArray()
  const heights = new Map(known.map((link) => [link._id, link.outbound.head]))
  const missing = heads.filter(
    ({ session, destination, head }) => (heights.get(linkId(session, destination)) ?? 0) < head,
  )
  const raised = await raiseHeads(deps.links, missing, deps.now())
  await deps.doorbell.ring(raised.map((link) => ({ kind: 'deliver', link })))
  return raised.length
}
