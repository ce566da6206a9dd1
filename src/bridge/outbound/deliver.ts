import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { LinkId } from '../doorbell.ts'
import { notBehind, parked } from '../links/held-up.ts'
import { outlasts } from '../links/lease.ts'
import { type Link, viewOf } from '../links/link.ts'
import type { FrozenCall, NextCall, Receipt } from '../port/call.ts'
import type { Connector } from '../port/connector.ts'
import { bringAgain, dueResend } from '../resend/bring-again.ts'
import { eraseThere } from './erase-there.ts'
import { failCall, failLook } from './fail.ts'
import { eventsFor } from './isolate.ts'
import { record } from './record.ts'
import { inTurn } from './slots.ts'
import type { DeliverDeps, Step } from './step.ts'

/** Brings a session's log to one destination, as far as it goes now. */
export function createDeliver(deps: DeliverDeps): (id: LinkId) => Promise<void> {
  return async (id) => {
    const taken = await deps.leases.take(id, 'outbound')
    if (!taken) return
    const connector = deps.connectors.get(taken.destination)
    let step: Step = connector ? { kind: 'more', link: taken } : notConfigured(deps, taken)
    while (connector && (step.kind === 'more' || step.kind === 'caught_up')) {
      step = step.kind === 'more' ? await advance(deps, connector, step.link) : await letGo(deps, step.link)
    }
    if (step.kind === 'wait') await rest(deps, step.link, step.until)
    if (step.kind === 'held') await park(deps, step.link)
  }
}

/** The links of a destination that is switched off wait for its return. */
const notConfigured = (deps: DeliverDeps, link: Link): Step => ({
  kind: 'wait',
  link,
  until: deps.now() + deps.retryDelay(Number.MAX_SAFE_INTEGER),
})

/** Succeeds only while nothing more was announced; else the holder goes on. */
async function letGo(deps: DeliverDeps, link: Link): Promise<Step> {
  const nothingMore = {
    'outbound.inflight': null,
    'outbound.head': { $lte: link.outbound.cursor },
    'outbound.resend.done': { $ne: false },
  }
  const caughtUp = { 'outbound.behind': false, 'outbound.behindSince': notBehind }
  if (await deps.leases.release(link, 'outbound', caughtUp, nothingMore)) return { kind: 'done' }
  const announced = await deps.leases.update(link, 'outbound', {})
  return announced ? { kind: 'more', link: announced } : { kind: 'lost' }
}

async function rest(deps: DeliverDeps, link: Link, until: number): Promise<void> {
  const released = await deps.leases.release(link, 'outbound', { 'outbound.nextAt': until, 'outbound.behind': true })
  if (released) await deps.scheduler.wakeAt({ kind: 'deliver', link: link._id }, until)
}

/** Nothing wakes it before the destination is resumed: a million chats may wait there. Its slots are long over by then. */
async function park(deps: DeliverDeps, link: Link): Promise<void> {
  await deps.leases.release(link, 'outbound', {
    'outbound.nextAt': parked,
    'outbound.behind': true,
    'outbound.slots': [],
  })
}

async function advance(deps: DeliverDeps, connector: Connector, link: Link): Promise<Step> {
  try {
    return await tryToAdvance(deps, connector, link)
  } catch (error) {
    deps.logger.error({ link: link._id, err: error }, 'drain interrupted')
    const failed = await deps.leases.update(link, 'outbound', { $inc: { 'outbound.failures': 1 } })
    if (!failed) return { kind: 'lost' }
    return { kind: 'wait', link: failed, until: deps.now() + deps.retryDelay(failed.outbound.failures) }
  }
}

async function tryToAdvance(deps: DeliverDeps, connector: Connector, link: Link): Promise<Step> {
  const standing = await deps.destinations.standing(connector.name)
  if (standing.kind === 'held') return { kind: 'held', link }
  if (standing.kind === 'until') return { kind: 'wait', link, until: standing.until }
  if (link.outbound.inflight) return settle(deps, connector, link, link.outbound.inflight)
  const resend = dueResend(link)
  if (!resend) return bringNext(deps, connector, link)
  return bringAgain(deps, connector, link, resend, (shared, call) => freezeAndMake(deps, connector, shared, call))
}

/** A call that was under way when its holder ended: found at the remote, or made again once it can no longer appear by itself. */
async function settle(deps: DeliverDeps, connector: Connector, link: Link, call: FrozenCall): Promise<Step> {
  try {
    const receipt = await connector.find(call, viewOf(link))
    if (receipt) return await record(deps, link, call, receipt)
  } catch (error) {
    return failLook(deps, link, error)
  }
  const settledAt = Math.max(call.startedAt + deps.times.settle, call.uncertainUntil ?? 0)
  const now = deps.now()
  if (now < settledAt && (call.erased || !call.repeatable))
    return { kind: 'wait', link, until: Math.min(settledAt, now + deps.times.settleCheck) }
  if (call.erased) return dropErased(deps, link)
  const again = { ...call, startedAt: now, uncertainUntil: settledAt }
  return inTurn(deps, link, again, (shared) => freezeAndMake(deps, connector, shared, again))
}

/** It is not at the remote and cannot appear there any more; what is left of its events is formed again. */
async function dropErased(deps: DeliverDeps, link: Link): Promise<Step> {
  const dropped = await deps.leases.update(link, 'outbound', {
    $set: { 'outbound.inflight': null, 'outbound.partsDone': 0 },
  })
  return dropped ? { kind: 'more', link: dropped } : { kind: 'lost' }
}

async function bringNext(deps: DeliverDeps, connector: Connector, link: Link): Promise<Step> {
  const { cursor, atMost } = link.outbound
  const page = await deps.read(link.session, cursor)
  const last = page.at(-1)
  if (!last) return bringOwed(deps, connector, link)
  const erasure = page.find((event) => event.type === 'erased')
  // What comes after an erasure goes out once it is done.
  const before = erasure ? page.filter((event) => event.seq < erasure.seq) : page
  const events = eventsFor(connector.name, before, link.outbound)
  const first = events.at(0)
  const next = first ? await formed(deps, connector, link, events) : null
  const passed = atMost === null ? undefined : events.at(-1)
  if (!next && erasure && !passed) return eraseThere(deps, connector, link, erasure)
  if (!next) return pass(deps, link, (passed ?? last).seq)

  const opensOnly = next.to < next.from
  const from = opensOnly ? next.from : Math.max(next.from, first?.seq ?? next.from)
  return make(deps, connector, link, { ...next, from })
}

function formed(deps: DeliverDeps, connector: Connector, link: Link, events: readonly LogEvent[]) {
  const readLog = (after: Seq, limit: number) => deps.read(link.session, after, limit)
  const brought = (from: Seq, to: Seq) => deps.bindings.between(link, from, to)
  return connector.next(viewOf(link), events, readLog, brought)
}

const make = (deps: DeliverDeps, connector: Connector, link: Link, next: NextCall): Promise<Step> =>
  inTurn(deps, link, next, (shared) =>
    freezeAndMake(deps, connector, shared, { ...next, marker: deps.marker(), startedAt: deps.now() }),
  )

/** What is to be done in the thread although nothing is new. */
async function bringOwed(deps: DeliverDeps, connector: Connector, link: Link): Promise<Step> {
  const next = (await connector.owes?.(viewOf(link))) ? await formed(deps, connector, link, []) : null
  return next ? make(deps, connector, link, next) : nothingToRead(deps, link)
}

/** What was announced is committed but may not be readable by a majority yet. */
const nothingToRead = (deps: DeliverDeps, link: Link): Step =>
  link.outbound.head > link.outbound.cursor
    ? { kind: 'wait', link, until: deps.now() + deps.times.settleCheck }
    : { kind: 'caught_up', link }

async function pass(deps: DeliverDeps, link: Link, to: Seq): Promise<Step> {
  const passed = await deps.leases.update(link, 'outbound', {
    $set: { 'outbound.cursor': to, 'outbound.partsDone': 0 },
  })
  return passed ? { kind: 'more', link: passed } : { kind: 'lost' }
}

/** Stored before it is made, so that whoever comes after a crash settles this very call before forming another. */
async function freezeAndMake(deps: DeliverDeps, connector: Connector, link: Link, call: FrozenCall): Promise<Step> {
  // What was looked up or formed before it may have taken long.
  if ((await deps.destinations.standing(connector.name)).kind === 'held') return { kind: 'held', link }
  const change = { $set: { share: link.share, 'outbound.inflight': call, 'outbound.slots': [] } }
  // What an erasure has blanked meanwhile must not be written down again.
  const frozen = await deps.leases.update(link, 'outbound', change, { 'outbound.inflight.erased': { $ne: true } })
  if (!frozen) return { kind: 'lost' }
  if (!outlasts(frozen.outbound.lease, deps.now(), deps.times)) return { kind: 'more', link: frozen }
  let receipt: Receipt
  try {
    receipt = await connector.perform(call, viewOf(frozen))
  } catch (error) {
    return failCall(deps, frozen, call, error)
  }
  return record(deps, frozen, call, receipt).catch((error: unknown) => failLook(deps, frozen, error))
}
