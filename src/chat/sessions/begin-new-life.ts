import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import { eventsOf } from '../../log/events.ts'
import { inBatches } from '../../platform/in-batches.ts'
import type { ChatDeps } from '../chat.ts'

/** Committed together. */
const batch = 64

/**
 * Gives every chat another epoch, by an event of its log: whoever has a position of the life before reloads, since the log
 * may have been longer then, and gone on differently. Answers of how many chats. To be repeated if it is interrupted.
 */
export async function beginNewLife(deps: Pick<ChatDeps, 'log' | 'ids'> & { connection: Connection }): Promise<number> {
  let count = 0
  const begun = eventsOf(deps.connection).find({ seq: 1 }, { projection: { session: 1 }, batchSize: batch })
  for await (const events of inBatches(begun, batch)) {
    await Promise.all(events.map(({ session }) => begin(deps, session)))
    await deps.log.projected()
    count += events.length
  }
  return count
}

async function begin({ log, ids }: Pick<ChatDeps, 'log' | 'ids'>, session: SessionId): Promise<void> {
  const epoch = ids.epoch()
  await log.append({
    session,
    key: EventKey.parse(`auto:restored:${epoch}`),
    decide: (state) =>
      state
        ? {
            append: {
              type: 'restored',
              actor: { kind: 'system', rule: 'restored' },
              origin: 'deskbridge',
              body: { epoch },
            },
          }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
