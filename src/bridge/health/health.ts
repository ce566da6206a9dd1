import type { DoneBy } from '../../contract/audit.ts'
import type {
  ConnectorChat,
  ConnectorChatPage,
  ConnectorChatQuery,
  ConnectorHealth,
} from '../../contract/connector-health.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Destination, Destinations } from '../destinations.ts'
import type { Doorbell } from '../doorbell.ts'
import type { Heard } from '../inbound/heard.ts'
import type { Links } from '../links/link.ts'
import { unpark } from '../links/unpark.ts'
import type { Connector, DestinationName } from '../port/connector.ts'
import { countLinks } from './count-links.ts'
import { failureShown } from './failure-words.ts'
import { chatShown, listChats } from './list-chats.ts'
import { retryAll, retryChat } from './retry.ts'
import { stateOf } from './state-of.ts'

/** What the store says of a destination; which settings connect it is for others to say. */
export type Standing = Omit<ConnectorHealth, 'settings' | 'isConnected'>

/** How the destinations that are connected stand, and what an administrator does about it. */
export interface BridgeHealth {
  names(): DestinationName[]
  of(name: DestinationName): Promise<Standing>
  chats(name: DestinationName, query: ConnectorChatQuery): Promise<ConnectorChatPage>
  /** Done once no worker begins a call any more: after a second. What arrives is taken in, and nothing is lost. */
  pause(name: DestinationName, by: DoneBy, reason: string | null): Promise<void>
  resume(name: DestinationName): Promise<void>
  /** Throws `connector_paused`. */
  retry(name: DestinationName): Promise<void>
  /** Throws `connector_paused`, `not_found`. */
  retryChat(name: DestinationName, session: SessionId): Promise<ConnectorChat>
}

interface HealthDeps {
  links: Links
  destinations: Destinations
  heard: Pick<Heard, 'last'>
  budgets: Budgets
  doorbell: Doorbell
  connectors: ReadonlyMap<DestinationName, Pick<Connector, 'name' | 'budgets'>>
  now(): number
}

export function createHealth(deps: HealthDeps): BridgeHealth {
  const { links, destinations, connectors, now } = deps
  return {
    names: () => [...connectors.keys()],
    of: (name) => read(deps, name),
    chats: (name, query) => listChats(links, name, query),
    pause: (name, by, reason) => destinations.setHold(name, { by, since: new Date(now()), reason }),
    async resume(name) {
      await destinations.setHold(name, null)
      // The sweep does it as well, for whoever sees the pause a moment longer.
      await unpark(links, name)
    },
    retry: (name) => retryAll(deps, name),
    retryChat: async (name, session) => chatShown(await retryChat(deps, name, session)),
  }
}

async function read(deps: HealthDeps, name: DestinationName): Promise<Standing> {
  const { links, destinations, heard, budgets, connectors, now } = deps
  const [all, counts, heardAt, inUse] = await Promise.all([
    destinations.all(),
    countLinks(links, name),
    heard.last(name),
    Promise.all((connectors.get(name)?.budgets ?? []).map((budget) => budgets.inUse(budget))),
  ])
  const own = all.find(({ _id }) => _id === name)
  return {
    name,
    state: stateOf(own, now()),
    places: placesIn(all, name),
    ...counts,
    lastSuccessAt: own?.succeededAt?.toISOString() ?? null,
    lastHeardAt: heardAt?.toISOString() ?? null,
    lastFailures: Object.values(own?.failed ?? {})
      .toSorted((a, b) => b.at - a.at)
      .map(failureShown),
    budgets: inUse,
  }
}

function placesIn(all: readonly Destination[], name: DestinationName): Standing['places'] {
  return all.flatMap(({ _id, halted }) =>
    _id.startsWith(`${name} `) && halted
      ? [{ place: _id.slice(name.length + 1), since: halted.since.toISOString(), reason: halted.reason }]
      : [],
  )
}
