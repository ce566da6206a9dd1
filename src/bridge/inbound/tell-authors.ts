import type { Logger } from '../../platform/log-output.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Conversation } from '../conversation.ts'
import type { Destinations } from '../destinations.ts'
import type { Link } from '../links/link.ts'
import type { Connector } from '../port/connector.ts'
import { RemoteFailure } from '../port/failure.ts'
import type { StoredArrival } from './arrival.ts'
import type { Authors, Owed } from './authors.ts'
import type { TakenIn } from './take-in.ts'

interface TellDeps {
  destinations: Pick<Destinations, 'standing'>
  inbox: Pick<Authors, 'owed' | 'toldAuthor' | 'hasLeft' | 'oweReturn'>
  conversation: Pick<Conversation, 'reach'>
  budgets: Budgets
  now(): number
  logger: Logger
}

/** Authors told in one pass. */
const batch = 20
const tryAgainMs = 30_000

/** What is written down with an arrival that the customer does not have, or has after all, where the remote can show it. */
export const owedFor = (connector: Connector, link: Link, { told, anew }: Omit<TakenIn, 'outcome'>): Owed | null =>
  connector.told === undefined || told === null || (told === 'heard' && !anew) ? null : { owed: link._id, why: told }

/** Tells authors what they are owed. Answers when to go on, epoch ms; null: all are told. */
export async function tellAuthors(deps: TellDeps, connector: Connector, link: Link): Promise<number | null> {
  for (;;) {
    const items = connector.told ? await deps.inbox.owed(link._id, batch) : []
    if (items.length > 0 && (await isHeld(deps, connector))) return deps.now() + tryAgainMs
    for (const item of items) {
      if (items.some((other) => isLaterOf(other, item))) {
        await deps.inbox.toldAuthor(item)
        continue
      }
      const turn = await turnOf(deps, connector, link, 'urgent')
      if (turn !== null && !turn.granted) return turn.at
      const failed = await tell(connector, item)
      if (failed !== null) {
        deps.logger.warn({ link: link._id, item: item.id, err: failed }, 'author not told yet')
        return deps.now() + waitAfter(failed)
      }
      await deps.inbox.toldAuthor(item)
    }
    if (items.length < batch) return null
  }
}

/** The authors of what waited for a customer who had left are to be told once they are back. */
export async function oweReturn({ inbox, conversation }: TellDeps, connector: Connector, link: Link): Promise<void> {
  if (!connector.told || !(await inbox.hasLeft(link))) return
  if ((await conversation.reach(link.session)) === 'reached') await inbox.oweReturn(link)
}

/** What is to be told of a message since it was changed again. */
const isLaterOf = (other: StoredArrival, { id, of = id, order }: StoredArrival): boolean =>
  (other.of ?? other.id) === of && other.order > order

/** Null: they are told. */
const tell = async (connector: Connector, item: StoredArrival): Promise<RemoteFailure | null> => {
  try {
    const told = item.why ?? 'failed'
    await connector.told?.(item, told, item.of !== undefined || told === 'heard')
    return null
  } catch (error) {
    if (error instanceof RemoteFailure) return error
    throw error
  }
}

const waitAfter = ({ failure }: RemoteFailure): number => (failure.kind === 'limited' ? failure.afterMs : tryAgainMs)

/** That the customer has it is shown while calls are to spare at once, or not at all: nothing waits for it. */
export async function tellHeard(
  deps: Omit<TellDeps, 'inbox' | 'conversation'>,
  connector: Connector,
  link: Link,
  item: StoredArrival,
): Promise<void> {
  if (!connector.told) return
  try {
    if (await isHeld(deps, connector)) return
    const turn = await turnOf(deps, connector, link, 'spare')
    if (turn === null || (turn.granted && turn.at <= deps.now()))
      await connector.told(item, 'heard', item.of !== undefined)
  } catch (error) {
    deps.logger.debug({ link: link._id, item: item.id, err: error }, 'not marked as heard')
  }
}

/** What stands there already is taken in while a destination is paused; nothing is put there. */
const isHeld = async ({ destinations }: Pick<TellDeps, 'destinations'>, { name }: Connector): Promise<boolean> =>
  (await destinations.standing(name)).kind === 'held'

const turnOf = async (
  { budgets }: Pick<TellDeps, 'budgets'>,
  { toldBudget }: Connector,
  link: Link,
  lane: 'urgent' | 'spare',
) => (toldBudget ? budgets.reserve(toldBudget, { share: link.share ?? '', lane, again: false }) : null)
