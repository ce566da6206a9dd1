import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { createRounds } from '../../platform/rounds.ts'
import type { Doorbell, LinkId } from '../doorbell.ts'
import { type Links, linkId, newLink } from '../links/link.ts'
import type { Connector, DestinationName } from '../port/connector.ts'

export interface Head {
  session: SessionId
  destination: DestinationName
  head: Seq
}

/** Which destinations an event is for; not the one that it came from. */
export const headsOf = (event: LogEvent, connectors: readonly Pick<Connector, 'name' | 'wants'>[]): Head[] =>
  connectors
    .filter((connector) => connector.name !== event.origin && connector.wants.has(event.type))
    .map((connector) => ({ session: event.session, destination: connector.name, head: event.seq }))

/** Raises the heads, making the links that are missing. Repeating it, or an older head, changes nothing that counts. */
export async function raiseHeads(links: Links, heads: readonly Head[], now: number): Promise<LinkId[]> {
  if (heads.length === 0) return []
  const writes = heads.map(({ session, destination, head }) => {
    const { outbound, ...rest } = newLink(session, destination)
    const { head: _head, behind: _behind, ...fresh } = outbound
    const onInsert = Object.fromEntries(Object.entries(fresh).map(([field, value]) => [`outbound.${field}`, value]))
    return {
      updateOne: {
        filter: { _id: linkId(session, destination) },
        update: {
          $max: { 'outbound.head': head },
          $min: { 'outbound.behindSince': now },
          $set: { 'outbound.behind': true, activeAt: new Date(now) },
          $setOnInsert: { ...rest, ...onInsert },
        },
        upsert: true,
      },
    }
  })
  await links.bulkWrite(writes, { ordered: false })
  return heads.map(({ session, destination }) => linkId(session, destination))
}

export interface Announcer {
  announce(event: LogEvent): void
  /** Waits until everything announced so far was rung. */
  settled(): Promise<void>
}

/** Collects what was committed while the last round was under way and rings once for each link. What is lost here the sweeps find. */
export function createAnnouncer(deps: {
  links: Links
  connectors: readonly Pick<Connector, 'name' | 'wants'>[]
  doorbell: Doorbell
  now: () => number
  onError: (error: unknown) => void
}): Announcer {
  const { links, connectors, doorbell, now, onError } = deps
  const rounds = createRounds<LinkId, Head>({
    async run(heads) {
      const rung = await raiseHeads(links, [...heads.values()], now())
      await doorbell.ring(rung.map((link) => ({ kind: 'deliver', link })))
    },
    merge: (known, next) => (known.head < next.head ? next : known),
    onError,
  })
  return {
    announce: (event) =>
      rounds.put(headsOf(event, connectors).map((head) => [linkId(head.session, head.destination), head] as const)),
    settled: rounds.settled,
  }
}
