import type { ConnectorChat, ConnectorChatPage, ConnectorChatQuery } from '../../contract/connector-health.ts'
import { parked } from '../links/held-up.ts'
import type { Link, Links } from '../links/link.ts'
import type { DestinationName } from '../port/connector.ts'
import { eventsBehind, sinceShown } from './count-links.ts'
import { failureShown } from './failure-words.ts'

const lists = {
  behind: {
    flag: 'outbound.behind',
    since: 'outbound.behindSince',
    sinceOf: (link: Link) => link.outbound.behindSince,
  },
  stopped: { flag: 'outbound.stuck', since: 'outbound.stuckSince', sinceOf: (link: Link) => link.outbound.stuckSince },
} as const

/** Chats that wait for a destination, or that somebody has to look at: the longest first. */
export async function listChats(
  links: Links,
  destination: DestinationName,
  { state, limit, cursor }: ConnectorChatQuery,
): Promise<ConnectorChatPage> {
  const { flag, since, sinceOf } = lists[state]
  const [at, session] = cursor?.split('~') ?? []
  const position = at === undefined ? null : { at: Number(at), id: `${session}:${destination}` }
  // 0: what waited before it was written down since when.
  const after = position && {
    $or: [{ [since]: { $gt: position.at } }, { [since]: position.at || null, _id: { $gt: position.id } }],
  }
  const found = await links
    .find({ destination, [flag]: true, ...after })
    .sort({ [since]: 1, _id: 1 })
    .limit(limit + 1)
    .toArray()
  const page = found.slice(0, limit)
  const last = found.length > limit ? page.at(-1) : undefined
  return {
    chats: page.map((link) => chatShown(link, sinceOf(link))),
    cursor: last ? `${sinceOf(last) ?? 0}~${last.session}` : null,
  }
}

export const chatShown = (link: Link, since = link.outbound.behindSince): ConnectorChat => {
  const { inflight, nextAt, trouble, isolated } = link.outbound
  return {
    sessionId: link.session,
    since: sinceShown(since),
    events: eventsBehind(link),
    isCallUnderWay: inflight !== null,
    nextTryAt: nextAt === parked ? null : new Date(nextAt).toISOString(),
    lastFailure: trouble ? failureShown(trouble) : null,
    isolated: isolated ?? null,
  }
}
