import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventOf, FileRef } from '../../contract/event.ts'
import type { EventKey, FileId, SessionId } from '../../contract/ids.ts'
import { eventsOf } from '../../log/events.ts'
import { readKey } from '../../log/read.ts'
import { type FileRecord, filesOf, refOf } from './records.ts'

export interface ClaimDeps {
  connection: Connection
  orphanAfter: number
  now(): number
}

export interface Claim {
  session: SessionId
  by: string
  key: EventKey
  internal: boolean
}

/**
 * Reserves an uploaded file for one message; the same message again is answered the same. Throws `not_found` for one of
 * another chat or sender, or used before, and what `check` throws of the file.
 */
export async function claimFile(
  deps: ClaimDeps,
  id: FileId,
  { session, by, key, internal }: Claim,
  check: (file: FileRef) => void,
): Promise<FileRef> {
  const files = filesOf(deps.connection)
  const theirs = { _id: id, session, by, state: 'ready' } as const
  const found = await files.findOne(theirs)
  if (!found) return sentBefore(deps.connection, { _id: id, session, key })
  check(refOf(found))
  if (found.message?.key === key) return refOf(found)
  // If the message never comes about, the file is nobody's after a while.
  const message = { key, internal }
  const claimed = await files.updateOne(
    { ...theirs, message: null },
    { $set: { message, checkAt: deps.now() + deps.orphanAfter } },
  )
  if (claimed.matchedCount === 1 || (await files.findOne({ ...theirs, 'message.key': key }))) return refOf(found)
  throw new DeskbridgeError('not_found')
}

/** A message that was stored stays so for who sends it again, although it was deleted since. */
async function sentBefore(connection: Connection, sent: Parameters<typeof messageWith>[1]): Promise<FileRef> {
  const file = (await messageWith(connection, sent))?.body.file
  if (!file) throw new DeskbridgeError('not_found')
  return file
}

/** The message is stored: a claim that was given up under its feet is taken back. What was deleted since stays to be removed. */
export async function keepFile(
  deps: ClaimDeps,
  id: FileId,
  message: NonNullable<FileRecord['message']>,
): Promise<void> {
  await filesOf(deps.connection).updateOne({ _id: id, state: 'ready' }, { $set: { message, checkAt: null } })
}

/** The message was refused, so that another may have the file, unless an earlier try of the message has brought it. */
export async function giveUpFile(deps: ClaimDeps, id: FileId, { session, key }: Claim): Promise<void> {
  if (await messageWith(deps.connection, { _id: id, session, key })) return
  await filesOf(deps.connection).updateOne(
    { _id: id, 'message.key': key },
    { $set: { message: null, checkAt: deps.now() + deps.orphanAfter } },
  )
}

/** The message under this key, if it came about and brought the file. */
export async function messageWith(
  connection: Connection,
  { _id, session, key }: { _id: FileId; session: SessionId; key: EventKey },
): Promise<EventOf<'message'> | null> {
  const event = await readKey(eventsOf(connection), session, key)
  return event?.type === 'message' && event.body.file?.id === _id ? event : null
}
