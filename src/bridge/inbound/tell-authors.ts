import type { Logger } from '../../platform/log-output.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Link } from '../links/link.ts'
import { type Connector, RemoteFailure, type Told } from '../port.ts'
import type { Inbox, Owed, StoredArrival } from './inbox.ts'

interface TellDeps {
  inbox: Pick<Inbox, 'owed' | 'toldAuthor'>
  budgets: Budgets
  now(): number
  logger: Logger
}

/** Authors told in one pass. */
const batch = 20
const tryAgainMs = 30_000

/** What is written down with an arrival that the customer does not have, where the remote can show it. */
export const owedFor = (connector: Connector, link: Link, told: Told | null): Owed | null =>
  connector.told === undefined || told === null || told === 'heard' ? null : { owed: link._id, why: told }

/** Tells authors that the customer does not have what they wrote. Answers when to go on, epoch ms; null: all are told. */
export async function tellAuthors(deps: TellDeps, connector: Connector, link: Link): Promise<number | null> {
  for (;;) {
    const items = connector.told ? await deps.inbox.owed(link._id, batch) : []
    for (const item of items) {
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

/** Null: they are told. */
const tell = async (connector: Connector, item: StoredArrival): Promise<RemoteFailure | null> => {
  try {
    await connector.told?.(item, item.why ?? 'failed')
    return null
  } catch (error) {
    if (error instanceof RemoteFailure) return error
    throw error
  }
}

const waitAfter = ({ failure }: RemoteFailure): number => (failure.kind === 'limited' ? failure.afterMs : tryAgainMs)

/** That the customer has it is shown while calls are to spare at once, or not at all: nothing waits for it. */
export async function tellHeard(
  deps: Omit<TellDeps, 'inbox'>,
  connector: Connector,
  link: Link,
  item: StoredArrival,
): Promise<void> {
  if (!connector.told) return
  try {
    const turn = await turnOf(deps, connector, link, 'spare')
    if (turn === null || (turn.granted && turn.at <= deps.now())) await connector.told(item, 'heard')
  } catch (error) {
    deps.logger.debug({ link: link._id, item: item.id, err: error }, 'not marked as heard')
  }
}

const turnOf = async (
  { budgets }: Pick<TellDeps, 'budgets'>,
  { toldBudget }: Connector,
  link: Link,
  lane: 'urgent' | 'spare',
) => (toldBudget ? budgets.reserve(toldBudget, { share: link.share ?? '', lane, again: false }) : null)
