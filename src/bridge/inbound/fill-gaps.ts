import type { Answer } from '../budgets/slots.ts'
import { type Link, toldToLook } from '../links/link.ts'
import type { Connector } from '../port/connector.ts'
import { findGone, type GoneDeps } from './find-gone.ts'
import type { Inbox } from './inbox.ts'

export interface GapDeps extends GoneDeps {
  inbox: Pick<Inbox, 'store' | 'waiting'>
}

/**
 * Up to where everything was fetched, and when that was, epoch ms; null: there was no look. `slot`: what the remote's
 * budget says, if that makes the rest wait.
 */
export interface Look {
  cursor: string | null
  at: number | null
  slot: Answer | null
}

export const progressOf = ({ cursor, slot }: Look) => ({ 'inbound.cursor': cursor, 'inbound.slot': slot })

/**
 * Fetches what pushes may have missed. A push says nothing about those before it, so it moves no cursor, and what it
 * brings is compared with the thread first, as long as reads are to spare soon.
 */
export async function fillGaps(deps: GapDeps, connector: Connector, link: Link): Promise<Look> {
  const isDue = link.inbound.lookAt <= deps.now()
  let { cursor, slot } = link.inbound
  let at: number | null = null
  for (;;) {
    // A look that has begun is gone on with.
    const mustLook = isDue || at !== null
    slot = mustLook ? await slotFor(deps, connector, link, slot) : await spareSlot(deps, connector, link, slot)
    if (!mustLook && !slot?.granted) return { cursor, at, slot: null }
    if (slot !== null && (!slot.granted || slot.at > deps.now())) return { cursor, at, slot }
    slot = null
    at = deps.now()
    const { items, more, stood } = await connector.missed(link.remote, cursor)
    await deps.inbox.store(connector.name, items)
    if (stood) await findGone(deps, connector, link, stood)
    const last = items.at(-1)
    // Changes of what was fetched before lie behind it.
    if (last && (cursor === null || last.order > cursor)) cursor = last.order
    if (!last || !more) return { cursor, at, slot }
  }
}

/** What somebody said there is urgent, also when it waits behind this look; a look because time has passed can wait. */
async function slotFor(deps: GapDeps, connector: Connector, link: Link, kept: Answer | null): Promise<Answer | null> {
  if (!connector.lookBudget || kept?.granted || (kept && kept.at > deps.now())) return kept
  const isUrgent = link.inbound.lookAt === toldToLook || (await holdsUp(deps, connector, link))
  const lane = isUrgent ? 'urgent' : 'normal'
  return deps.budgets.reserve(connector.lookBudget, { share: link.share ?? '', lane, again: kept !== null })
}

async function spareSlot(
  deps: GapDeps,
  { lookBudget, pushesContent }: Connector,
  { share, remote }: Link,
  kept: Answer | null,
): Promise<Answer | null> {
  if (!lookBudget || !pushesContent || remote.thread === undefined || kept?.granted) return kept
  return deps.budgets.reserve(lookBudget, { share: share ?? '', lane: 'spare', again: false })
}

async function holdsUp({ inbox }: GapDeps, { name }: Connector, { remote }: Link): Promise<boolean> {
  return remote.thread !== undefined && (await inbox.waiting(name, remote.thread, 1)).length > 0
}
