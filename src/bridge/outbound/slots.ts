import type { Link, Slot } from '../links/link.ts'
import type { Budget, Lane, NextCall } from '../port/call.ts'
import type { DeliverDeps, Step } from './step.ts'

/** A link of which it is known whose calls count together with its own. */
export type Shared = Link & { share: string }

/** Read once for a link, and kept with the next thing that is written down. */
export async function withShare(deps: Pick<DeliverDeps, 'read'>, link: Link): Promise<Shared> {
  if (link.share != null) return { ...link, share: link.share }
  const [first] = await deps.read(link.session, 0, 1)
  return { ...link, share: first?.type === 'session_started' ? first.body.inbox : '' }
}

/**
 * Slots of the call's budgets, those already kept and then one more at a time: while one lies in the future the next is
 * not reserved, or a busy ticket would take the account's near future away from all others.
 */
export async function slotsFor(
  deps: DeliverDeps,
  link: Shared,
  lane: Lane,
  budgets: readonly Budget[],
): Promise<Slot[]> {
  const slots: Slot[] = []
  for (const budget of budgets) {
    const kept = link.outbound.slots.find((slot) => slot.budget === budget.key)
    const ask = { share: link.share, lane, again: kept !== undefined }
    const stands = kept && (kept.granted || kept.at > deps.now())
    const slot = stands ? kept : { budget: budget.key, ...(await deps.budgets.reserve(budget, ask)) }
    slots.push(slot)
    if (!slot.granted || slot.at > deps.now()) break
  }
  return slots
}

/** Until when the call has to wait, or to ask again; null: it may be made. */
export function waitOf(slots: readonly Slot[], notBefore: number, now: number): number | null {
  const at = Math.max(notBefore, ...slots.map((slot) => slot.at))
  return at > now || !slots.every((slot) => slot.granted) ? at : null
}

/** Makes a call once all of its budgets have room for it. */
export async function inTurn(
  deps: DeliverDeps,
  link: Link,
  { lane, budgets, notBefore = 0 }: Pick<NextCall, 'lane' | 'budgets' | 'notBefore'>,
  make: (shared: Shared) => Promise<Step>,
): Promise<Step> {
  const shared = await withShare(deps, link)
  const slots = await slotsFor(deps, shared, lane, budgets)
  const until = waitOf(slots, notBefore, deps.now())
  return until === null ? make(shared) : keepSlots(deps, shared, slots, until)
}

/** Nothing is formed while waiting: what is written meanwhile goes along in the same call. */
export async function keepSlots(deps: DeliverDeps, link: Shared, slots: readonly Slot[], until: number): Promise<Step> {
  const kept = await deps.leases.update(link, 'outbound', { $set: { share: link.share, 'outbound.slots': slots } })
  return kept ? { kind: 'wait', link: kept, until } : { kind: 'lost' }
}
