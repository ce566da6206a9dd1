import type { Seq, SessionId } from '../contract/ids.ts'
import type { Place } from '../contract/privacy.ts'
import type { Destination, Destinations } from './destinations.ts'
import type { Doorbell } from './doorbell.ts'
import type { Inbox } from './inbound/inbox.ts'
import { type Bindings, isAbout } from './links/bindings.ts'
import { type Link, type Links, linkId } from './links/link.ts'
import { raiseHeads } from './outbound/announce.ts'
import type { Connector, DestinationName } from './port/connector.ts'

export interface EraseDeps {
  links: Links
  bindings: Bindings
  inbox: Inbox
  destinations: Destinations
  connectors: ReadonlyMap<DestinationName, Connector>
  doorbell: Doorbell
  now(): number
}

/** An erasure as it stands in a session's log. */
export interface Erasure {
  session: SessionId
  /** Of the event. */
  seq: Seq
  upTo: Seq
  /** Arrivals until then are emptied. */
  at: Date
}

/** Empties what waits here of a session and answers how far each destination is. To be repeated until all are done. */
export async function eraseSession(deps: EraseDeps, erasure: Erasure): Promise<Place[]> {
  await tell(deps, erasure)
  const links = await deps.links.find({ session: erasure.session }).toArray()
  const all = new Map((await deps.destinations.all()).map((destination) => [destination._id, destination]))
  const places: Place[] = []
  for (const link of links) {
    await blankCall(deps, link, erasure)
    const traces = await deps.bindings.traces(link, erasure.upTo)
    await deps.inbox.erase(
      link.destination,
      traces.map(({ thread }) => thread),
      erasure.at,
    )
    places.push(placeOf(link, erasure, deps.connectors.has(link.destination), all.get(link.destination)))
  }
  return places
}

/** The announcement may have been lost longer ago than the sweeps look back. */
async function tell(deps: EraseDeps, { session, seq }: Erasure): Promise<void> {
  const names = [...deps.connectors.keys()]
  const ids = names.map((name) => linkId(session, name))
  const told = await deps.links.find({ _id: { $in: ids }, 'outbound.head': { $gte: seq } }).toArray()
  const missing = names.filter((name) => !told.some((link) => link.destination === name))
  const heads = missing.map((destination) => ({ session, destination, head: seq }))
  const raised = await raiseHeads(deps.links, heads, deps.now())
  await deps.doorbell.ring(raised.map((link) => ({ kind: 'deliver', link })))
}

/** The call under way may be at the remote already: it keeps its marker to be found by, and loses what it says. */
async function blankCall(deps: EraseDeps, link: Link, { upTo }: Erasure): Promise<void> {
  const { inflight } = link.outbound
  const connector = deps.connectors.get(link.destination)
  if (!inflight || inflight.erased || !isAbout(inflight, upTo) || !connector) return
  const change = { 'outbound.inflight.body': connector.blank(inflight.body), 'outbound.inflight.erased': true as const }
  await deps.links.updateOne({ _id: link._id, 'outbound.inflight.marker': inflight.marker }, { $set: change })
}

function placeOf({ destination, remote, outbound }: Link, { seq }: Erasure, isOn: boolean, at?: Destination): Place {
  const nothingThere = !isOn && remote.thread === undefined && outbound.inflight === null
  const { wiped: count, left } = [outbound.erased, outbound.erasing].find((one) => one?.seq === seq) ?? none
  if (outbound.cursor >= seq || nothingThere) return { name: destination, state: 'done', count, left, reason: null }
  const reason = isOn ? (at?.halted?.reason ?? outbound.erasing?.trouble ?? 'under way') : 'it is switched off'
  return { name: destination, state: 'pending', count, left, reason }
}

const none = { wiped: 0, left: {} }
