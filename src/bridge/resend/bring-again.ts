import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { Binding } from '../links/bindings.ts'
import type { LinkChange } from '../links/lease.ts'
import type { Link, Resend } from '../links/link.ts'
import { eventsFor } from '../outbound/isolate.ts'
import { keepSlots, type Shared, slotsFor, waitOf, withShare } from '../outbound/slots.ts'
import type { DeliverDeps, Step } from '../outbound/step.ts'
import type { FrozenCall } from '../port/call.ts'
import type { Connector } from '../port/connector.ts'
import { firstMissing, type Missing } from './first-missing.ts'

/** What is left to be looked at; null: nothing, or nothing yet. */
export function dueResend({ outbound: { resend, head, cursor } }: Link): Resend | null {
  // What is new comes first: nobody waits for what was there once.
  return resend && !resend.done && head <= cursor ? resend : null
}

type Make = (link: Shared, call: FrozenCall) => Promise<Step>

/** Looks at the next events of the range, and makes a call for the first that are missing at the destination. */
export async function bringAgain(
  deps: DeliverDeps,
  connector: Connector,
  link: Link,
  resend: Resend,
  make: Make,
): Promise<Step> {
  const page = (await deps.read(link.session, resend.from - 1)).filter(({ seq }) => seq <= resend.until)
  const last = page.at(-1)
  if (!last) return move(deps, link, { 'outbound.resend.done': true })
  const bindings = await deps.bindings.between(link, resend.from, last.seq)
  const youngest = Math.max(0, ...bindings.map(({ at = 0 }) => (at <= resend.at ? at : 0)))
  // What was brought just now may not be seen there yet; what is written meanwhile need not wait for that.
  if (youngest + deps.times.settle > deps.now())
    return { kind: 'wait', link, until: deps.now() + deps.times.settleCheck }
  const shared = await withShare(deps, link)
  const look = connector.lookBudget && bindings.length > 0 ? [connector.lookBudget] : []
  const slots = await slotsFor(deps, shared, 'normal', look)
  const until = waitOf(slots, 0, deps.now())
  if (until !== null) return keepSlots(deps, shared, slots, until)
  const missing = await missingIn(connector, shared, { page, bindings, resend })
  if (!missing) return move(deps, link, positionAt(last.seq + 1))
  return form(deps, connector, shared, { missing, make, looked: slots })
}

async function missingIn(
  connector: Connector,
  link: Link,
  { page, bindings, resend }: { page: readonly LogEvent[]; bindings: readonly Binding[]; resend: Resend },
): Promise<Missing | null> {
  const threads = Map.groupBy(bindings, ({ thread }) => thread ?? link.remote.thread ?? '')
  const standing = new Set<string>()
  for (const [thread, brought] of threads)
    for (const marker of await connector.standing(thread, brought)) standing.add(marker)
  // What was recorded since it was asked for was made by it, or is newer than the range.
  const stands = ({ marker, at = 0 }: Binding) => at > resend.at || standing.has(marker)
  const { atMost, placeholder } = link.outbound
  const missing = firstMissing(
    eventsFor(connector.name, page, { atMost: null, placeholder }),
    bindings.map((binding) => ({ ...binding, stands: stands(binding) })),
  )
  return missing && { ...missing, events: missing.events.slice(0, atMost ?? undefined) }
}

async function form(
  deps: DeliverDeps,
  connector: Connector,
  link: Shared,
  { missing, make, looked }: { missing: Missing; make: Make; looked: Link['outbound']['slots'] },
): Promise<Step> {
  const { events, partsDone } = missing
  const first = events[0]?.seq ?? 1
  const view = { session: link.session, remote: link.remote, cursor: first - 1, partsDone, again: true } as const
  const readLog = (after: Seq, limit: number) => deps.read(link.session, after, limit)
  const brought = (from: Seq, to: Seq) => deps.bindings.between(link, from, to)
  const next = await connector.next(view, events, readLog, brought)
  if (!next) return move(deps, link, positionAt((events.at(-1)?.seq ?? first) + 1))
  const slots = await slotsFor(deps, link, 'normal', next.budgets)
  const until = waitOf(slots, next.notBefore ?? 0, deps.now())
  if (until !== null) return keepSlots(deps, link, [...looked, ...slots], until)
  const from = next.to < next.from ? next.from : Math.max(next.from, first)
  return make(link, { ...next, from, marker: deps.marker(), startedAt: deps.now(), again: true })
}

const positionAt = (from: Seq) => ({ 'outbound.resend.from': from, 'outbound.resend.partsDone': 0 })

async function move(deps: DeliverDeps, link: Link, to: Record<string, unknown>): Promise<Step> {
  const moved = await deps.leases.update(link, 'outbound', { $set: { ...to, 'outbound.slots': [] } })
  return moved ? { kind: 'more', link: moved } : { kind: 'lost' }
}

/** What a call that brought something again leaves in the link: the cursor stays where it is. */
export function movedByResend(call: FrozenCall): LinkChange {
  const isWhole = call.part === call.parts
  const position = isWhole
    ? positionAt(call.to + 1)
    : { 'outbound.resend.from': call.to, 'outbound.resend.partsDone': call.part }
  return { $set: position, $inc: { 'outbound.resend.brought': 1 } }
}
