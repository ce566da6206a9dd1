import type { Logger } from '../../platform/log-output.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { type ClaimDeps, messageWith } from './claim-file.ts'
import { type FileRecord, filesOf } from './records.ts'
import { type RemoveDeps, removeFile, removeUnsent } from './remove-files.ts'

export interface SweepDeps extends ClaimDeps, RemoveDeps {
  messages: Pick<MessageStore, 'get'>
  logger: Logger
}

/** Files looked at in one round; the next takes the next ones. */
const most = 200

/** Finishes what was begun and not finished: uploads that nobody sent, messages that never came about, deletions. */
export async function sweepFiles(deps: SweepDeps): Promise<void> {
  const due = await filesOf(deps.connection)
    .find({ checkAt: { $lte: deps.now() } })
    .sort({ checkAt: 1 })
    .limit(most)
    .toArray()
  for (const record of due) {
    // The store may be away; then all others are tried, too, and this one again later.
    await settle(deps, record).catch((err: unknown) => deps.logger.warn({ err, file: record._id }, 'file not settled'))
  }
}

async function settle(deps: SweepDeps, record: FileRecord): Promise<void> {
  const { _id, session, message, state } = record
  if (state === 'removed') return void (await removeFile(deps, _id))
  if (message === null) return removeUnsent(deps, _id)
  const event = await messageWith(deps.connection, { _id, session, key: message.key })
  const now = event && (await deps.messages.get(session, event._id))
  if (!event || !now || now.deleted) return void (await removeFile(deps, _id))
  // Unless a deletion has begun since, which wants to be looked at again.
  const asSeen = { _id, state: 'ready', checkAt: record.checkAt } as const
  const sent = { key: message.key, internal: event.body.internal }
  await filesOf(deps.connection).updateOne(asSeen, { $set: { message: sent, checkAt: null } })
}
