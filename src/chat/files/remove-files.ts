import type { Connection } from 'mongoose'
import type { FileId, SessionId } from '../../contract/ids.ts'
import { type FileRecord, filesOf, thumbnailOf } from './records.ts'
import type { FileStore } from './store.ts'

export interface RemoveDeps {
  connection: Connection
  store: FileStore
  now(): number
}

/** What could not be removed is tried again after so long. ms */
const againAfter = 600_000

/** Out of sight at once, then out of the store. Where that fails, with `unavailable`, the sweep goes on with it. */
export const removeFile = (deps: RemoveDeps, id: FileId): Promise<number> => removeAll(deps, { _id: id })

/** Every file of a chat until then, sent or not. Answers how many there were; throws `unavailable` as long as any of them is left. */
export const removeFilesOf = (deps: RemoveDeps, session: SessionId, until: Date): Promise<number> =>
  removeAll(deps, { session, createdAt: { $lte: until } })

/** A file that nobody sends: whoever sends it meanwhile keeps it. */
export async function removeUnsent(deps: RemoveDeps, id: FileId): Promise<void> {
  await removeAll(deps, { _id: id, message: null })
}

/** Should the process not get to removing it, a sweep sees whether its message is still there. */
export async function lookAgain(deps: RemoveDeps, id: FileId): Promise<void> {
  await filesOf(deps.connection).updateOne({ _id: id }, { $set: { checkAt: deps.now() + againAfter } })
}

export async function removeBytes(store: FileStore, place: string): Promise<void> {
  await store.remove(place)
  await store.remove(thumbnailOf(place))
}

type Which = Pick<FileRecord, '_id'> | (Pick<FileRecord, 'session'> & { createdAt: { $lte: Date } })

async function removeAll(deps: RemoveDeps, which: Which & Partial<Pick<FileRecord, 'message'>>): Promise<number> {
  const files = filesOf(deps.connection)
  await files.updateMany(which, { $set: { state: 'removed', checkAt: deps.now() + againAfter } })
  const removed = await files.find({ ...which, state: 'removed' }).toArray()
  for (const { _id, place } of removed) {
    await removeBytes(deps.store, place)
    await files.deleteOne({ _id })
  }
  return removed.length
}
