import type { Destinations } from '../destinations.ts'
import type { Doorbell } from '../doorbell.ts'
import type { Inbox } from '../inbound/inbox.ts'
import { type Links, linkId } from '../links/link.ts'
import { unpark } from '../links/unpark.ts'
import type { DestinationName } from '../port/connector.ts'

/** Links rung in one sweep; the next takes the next ones, because those rung are then under lease or due later. */
const most = 500

export interface BehindDeps {
  links: Links
  inbox: Inbox
  doorbell: Doorbell
  destinations: Pick<Destinations, 'standing'>
  names: readonly DestinationName[]
  now: () => number
  /** An arrival that is still waiting after so long was rung for in vain. ms */
  patience: number
}

/** Rings for every link that is behind and due: what a lost doorbell, an emptied Redis or a killed worker left lying. */
export async function sweepBehind(deps: BehindDeps): Promise<number> {
  await unparkOpen(deps)
  const [outbound, inbound, unread] = await Promise.all([
    overdue(deps, 'outbound'),
    overdue(deps, 'inbound'),
    withUnread(deps),
  ])
  await deps.doorbell.insist([
    ...outbound.map((link) => ({ kind: 'deliver' as const, link })),
    ...[...new Set([...inbound, ...unread])].map((link) => ({ kind: 'receive' as const, link })),
  ])
  return outbound.length + inbound.length + unread.length
}

/**
 * What waits for a destination that is not paused any more is due. Each time, because a worker may have seen the pause
 * just before it ended.
 */
async function unparkOpen({ links, destinations, names }: Omit<BehindDeps, 'inbox' | 'doorbell'>): Promise<void> {
  for (const destination of names) {
    if ((await destinations.standing(destination)).kind !== 'held') await unpark(links, destination)
  }
}

/** Links whose turn came before this sweep and which nobody holds. */
async function overdue(deps: BehindDeps, side: 'outbound' | 'inbound'): Promise<string[]> {
  const now = deps.now()
  const due = { [`${side}.nextAt`]: { $lte: now }, [`${side}.lease.until`]: { $lte: now } }
  const behind =
    side === 'outbound'
      ? [{ ...due, 'outbound.behind': true }]
      : [
          { ...due, 'inbound.behind': true },
          { ...due, 'inbound.lookAt': { $lte: now } },
        ]
  const found = await Promise.all(
    behind.map((filter) =>
      deps.links
        .find(filter, { projection: { _id: 1 } })
        .limit(most)
        .toArray(),
    ),
  )
  return [...new Set(found.flat().map((link) => link._id))]
}

/** Arrivals whose ring was lost between their store and their link's mark, or whose chat got another thread meanwhile. */
async function withUnread(deps: BehindDeps): Promise<string[]> {
  const threads = await deps.inbox.leftBehind(new Date(deps.now() - deps.patience), most)
  if (threads.length === 0) return []
  await deps.inbox.reclaim(threads.filter(({ session }) => session === undefined))
  const ours = threads.map(({ destination, thread, session }) =>
    session === undefined ? { destination, 'remote.thread': thread } : { _id: linkId(session, destination) },
  )
  const now = deps.now()
  const links = await deps.links
    .find(
      { $or: ours, 'inbound.nextAt': { $lte: now }, 'inbound.lease.until': { $lte: now } },
      { projection: { _id: 1 } },
    )
    .toArray()
  return links.map((link) => link._id)
}
