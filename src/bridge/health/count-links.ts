import { type Counted, mostCounted } from '../../contract/connector-health.ts'
import { notBehind } from '../links/held-up.ts'
import type { Link, Links } from '../links/link.ts'
import type { DestinationName } from '../port/connector.ts'

const counted = (found: readonly unknown[]): Counted => ({
  count: Math.min(found.length, mostCounted),
  isMore: found.length > mostCounted,
})

/** As much of a link as is counted. */
const projection = {
  'outbound.head': 1,
  'outbound.cursor': 1,
  'outbound.inflight.startedAt': 1,
  'outbound.isolated': 1,
  'outbound.behindSince': 1,
} as const

export const eventsBehind = ({ outbound: { head, cursor } }: Pick<Link, 'outbound'>): number =>
  Math.max(0, head - cursor)

/** Both are ranges of partial indexes that hold no link at rest, and end at the bound. */
export async function countLinks(links: Links, destination: DestinationName) {
  const behind = { destination, 'outbound.behind': true }
  const most = mostCounted + 1
  const [waiting, stuck] = await Promise.all([
    links.find(behind, { projection }).sort({ 'outbound.behindSince': 1 }).limit(most).toArray(),
    links.find({ destination, 'outbound.stuck': true }, { projection }).limit(most).toArray(),
  ])
  const oldest = waiting.find(({ outbound: { behindSince } }) => behindSince !== undefined)?.outbound.behindSince
  return {
    behind: {
      chats: counted(waiting),
      events: sum(waiting.slice(0, mostCounted), eventsBehind),
      oldestSince: sinceShown(oldest),
    },
    callsUnderWay: waiting.filter(({ outbound }) => outbound.inflight != null).length,
    stopped: {
      chats: counted(stuck),
      isolated: sum(stuck.slice(0, mostCounted), ({ outbound }) => outbound.isolated?.count ?? 0),
    },
  }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0)

export const sinceShown = (at: number | undefined): string | null =>
  at === undefined || at === notBehind ? null : new Date(at).toISOString()
