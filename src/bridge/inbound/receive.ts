import { DeskbridgeError } from '../../contract/errors.ts'
import type { Destinations } from '../destinations.ts'
import type { LinkId, Scheduler } from '../doorbell.ts'
import type { Leases } from '../links/lease.ts'
import type { Link } from '../links/link.ts'
import type { Connector, DestinationName } from '../port/connector.ts'
import { RemoteFailure } from '../port/failure.ts'
import type { StoredArrival } from './arrival.ts'
import { fillGaps, type GapDeps, type Look, progressOf } from './fill-gaps.ts'
import type { Inbox } from './inbox.ts'
import { type LookAgain, nextLook } from './next-look.ts'
import { type TakeInDeps, takeIn } from './take-in.ts'
import { owedFor, oweReturn, tellAuthors, tellHeard } from './tell-authors.ts'

export interface ReceiveDeps extends TakeInDeps, GapDeps {
  destinations: Pick<Destinations, 'standing'>
  leases: Leases
  inbox: Inbox
  scheduler: Scheduler
  connectors: ReadonlyMap<DestinationName, Connector>
  retryDelay(failures: number): number
  times: { lookAgain: readonly LookAgain[] }
}

/** Arrivals read at once. */
const batch = 100
/** What arrived so long before a look and was not found by it is gone there, or not shown. ms */
const fetchedByThen = 2_000
/** Tries of one arrival before it stops holding up its thread. */
const mostTries = 20

/** Takes in what people did in a link's thread, in the remote's order. */
export function createReceive(deps: ReceiveDeps): (id: LinkId) => Promise<void> {
  return async (id) => {
    const taken = await deps.leases.take(id, 'inbound')
    if (!taken) return
    const connector = deps.connectors.get(taken.destination)
    let link: Link | null = connector ? taken : null
    while (connector && link) {
      link = await pass(deps, connector, link)
    }
    if (!connector) await later(deps, taken, deps.now() + deps.retryDelay(Number.MAX_SAFE_INTEGER))
  }
}

/** One look over everything there is. `null`: done, or to be gone on with later. */
async function pass(deps: ReceiveDeps, connector: Connector, link: Link): Promise<Link | null> {
  try {
    const look = await fillGaps(deps, connector, link)
    if (look.slot !== null) return await later(deps, link, look.slot.at, progressOf(look))
    await takeInRoots(deps, connector, link)
    await takeInWaiting(deps, connector, link, look)
    if (look.at !== null) await oweReturn(deps, connector, link)
    const tellAt = await tellAuthors(deps, connector, link)
    return await letGo(deps, link, look, tellAt)
  } catch (error) {
    const failure = error instanceof RemoteFailure ? error.failure : null
    const inMs = failure?.kind === 'limited' ? failure.afterMs : deps.retryDelay(link.inbound.failures + 1)
    deps.logger.warn({ link: link._id, err: error }, 'receiving interrupted')
    const tried = { 'inbound.failures': link.inbound.failures + 1, 'inbound.slot': null }
    return later(deps, link, deps.now() + inMs, tried)
  }
}

/** Before the rest: what is said under a second root comes to this thread with it. */
async function takeInRoots(deps: ReceiveDeps, connector: Connector, link: Link): Promise<void> {
  if (link.remote.thread === undefined) return
  for (const root of await deps.inbox.roots(connector.name, link.session)) {
    // The call that made it was stored before it, and may have been recorded since the link was read.
    const now = await deps.leases.update(link, 'inbound', {})
    if (now) await takeInOne(deps, connector, now, root)
  }
}

/** What came after the look waits for the next one: something before it may be on its way. */
async function takeInWaiting(deps: ReceiveDeps, connector: Connector, link: Link, look: Look): Promise<void> {
  const thread = link.remote.thread
  if (thread === undefined) return
  for (;;) {
    const waiting = await deps.inbox.waiting(connector.name, thread, batch)
    const items = waiting.filter((item) => isSure(item, look) || changesWhatIsKnown(item, waiting))
    for (const item of items) await takeInOne(deps, connector, link, item)
    if (items.length < batch) return
  }
}

const isSure = ({ order, receivedAt }: StoredArrival, { cursor, at }: Look): boolean =>
  at === null || (cursor !== null && order <= cursor) || receivedAt.getTime() < at - fetchedByThen

const changesWhatIsKnown = ({ of }: StoredArrival, waiting: readonly StoredArrival[]): boolean =>
  of !== undefined && !waiting.some(({ id }) => id === of)

async function takeInOne(deps: ReceiveDeps, connector: Connector, link: Link, item: StoredArrival): Promise<void> {
  try {
    const { outcome, ...tell } = await takeIn(deps, connector, link, item)
    const owed = owedFor(connector, link, tell)
    await deps.inbox.finish(item, outcome, owed)
    if (tell.told === 'heard' && owed === null) void tellHeard(deps, connector, link, item)
  } catch (error) {
    const passing = error instanceof RemoteFailure || (error instanceof DeskbridgeError && error.code === 'unavailable')
    const owed = owedFor(connector, link, { told: 'failed', anew: false })
    if (passing || !(await deps.inbox.failed(item, String(error), mostTries, owed))) throw error
    deps.logger.error({ link: link._id, item: item.id, err: error }, 'arrival given up')
  }
}

/** Ends the drain unless something arrived since the link was taken or last looked at. */
async function letGo(deps: ReceiveDeps, link: Link, look: Look, tellAt: number | null): Promise<Link | null> {
  const looked = link.inbound.lookAt <= deps.now()
  // What was quiet for too long and has stirred is looked at again.
  const again = nextLook(deps.times.lookAgain, deps.now(), link.activeAt.getTime())
  const state = {
    ...progressOf(look),
    'inbound.failures': 0,
    'inbound.lookAt': looked ? again : Math.min(link.inbound.lookAt, again),
  }
  const unchanged = { 'inbound.wanted': link.inbound.wanted }
  // What arrives meanwhile does not wait until an author can be told.
  const rest = { ...state, 'inbound.behind': tellAt !== null, 'inbound.nextAt': 0 }
  if (await deps.leases.release(link, 'inbound', rest, unchanged)) {
    if (tellAt !== null) await deps.scheduler.wakeAt({ kind: 'receive', link: link._id }, tellAt)
    return null
  }
  return deps.leases.update(link, 'inbound', { $set: { ...progressOf(look), 'inbound.failures': 0 } })
}

async function later(deps: ReceiveDeps, link: Link, at: number, change: Record<string, unknown> = {}): Promise<null> {
  const released = await deps.leases.release(link, 'inbound', {
    ...change,
    'inbound.nextAt': at,
    'inbound.behind': true,
  })
  if (released) await deps.scheduler.wakeAt({ kind: 'receive', link: link._id }, at)
  return null
}
