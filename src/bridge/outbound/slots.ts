import type { Link, Slot } from '../links/link.ts'
import type { Budget } from '../port.ts'
import type { DeliverDeps, Step } from './step.ts'

/**
 * Slots of the call's budgets, those already kept and then one more at a time: while one lies in the future the next is
 * not reserved, or a busy ticket would take the account's near future away from all others.
 */
export async function slotsFor(deps: DeliverDeps, link: Link, budgets: readonly Budget[]): Promise<Slot[]> {
  const slots: Slot[] = []
  for (const budget of budgets) {
    const kept = link.outbound.slots.find((slot) => slot.budget === budget.key)
    const slot = kept ?? { budget: budget.key, at: await deps.budgets.reserve(budget) }
    slots.push(slot)
    if (slot.at > deps.now()) break
  }
  return slots
}

/** Nothing is formed while waiting: what is written meanwhile goes along in the same call. */
export async function keepSlots(deps: DeliverDeps, link: Link, slots: readonly Slot[], until: number): Promise<Step> {
  const kept = await deps.leases.update(link, 'outbound', { $set: { 'outbound.slots': slots } })
  return kept ? { kind: 'wait', link: kept, until } : { kind: 'lost' }
}
