import type { Logger } from '../../platform/log-output.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Link } from '../links/link.ts'
import type { Stood } from '../port/arrival.ts'
import type { Connector } from '../port/connector.ts'
import { RemoteFailure } from '../port/failure.ts'
import type { StoredArrival } from './arrival.ts'
import type { Inbox } from './inbox.ts'
import type { Sightings } from './sightings.ts'

export interface GoneDeps {
  inbox: Pick<Inbox, 'store'>
  sightings: Sightings
  budgets: Budgets
  now(): number
  logger: Logger
}

/** Asked for in one look; the rest in the next. */
const most = 10

/**
 * Stores the deletions of what an earlier look saw in the thread and this one did not. Each is asked for by itself before it
 * counts: what is taken from a customer by mistake cannot be given back.
 */
export async function findGone(deps: GoneDeps, connector: Connector, link: Link, stood: Stood): Promise<void> {
  const { thread } = link.remote
  if (!connector.gone || thread === undefined) return
  const missing = await deps.sightings.missing(connector.name, thread, stood)
  for (const item of missing.slice(0, most)) {
    if (!(await isToSpare(deps, connector, link))) break
    const deletion = await ask(deps, connector, item)
    if (deletion) await deps.inbox.store(connector.name, [deletion])
  }
  await deps.sightings.saw(connector.name, stood.ids)
}

async function isToSpare({ budgets, now }: GoneDeps, { lookBudget }: Connector, { share }: Link): Promise<boolean> {
  if (!lookBudget) return true
  const slot = await budgets.reserve(lookBudget, { share: share ?? '', lane: 'spare', again: false })
  return slot.granted && slot.at <= now()
}

async function ask({ logger }: GoneDeps, connector: Connector, { id, thread }: StoredArrival) {
  try {
    return await connector.gone?.({ id, thread })
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    logger.debug({ item: id, err: error }, 'whether it is gone is left to the next look')
    return null
  }
}
