import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { RemotePicture } from '../../bridge/conversation.ts'
import type { PictureId } from '../../contract/ids.ts'
import type { Wait } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log-output.ts'
import { pictureSourcesOf } from './stored.ts'

/** Null: it cannot be had just now. Never throws. */
export type TakeInPicture = (picture: RemotePicture) => Promise<PictureId | null>

/** Bytes that are read of one. */
export const mostPictureBytes = 2_000_000
/** What was at an address is not looked for again for so long, by any process. ms */
const freshMs = 24 * 3_600_000
/** A process remembers for so long what was there, and that nothing could be had. ms */
const rememberedMs = 3_600_000
const forgottenAfterFailureMs = 600_000
/** Addresses that a process remembers. */
const mostRemembered = 1_000
/** A message waits no longer for its author's picture; one that comes later stands beside their next. ms */
const patienceMs = 500

interface Remembered {
  picture: Promise<PictureId | null>
  until: number
}

/** Pictures of people who write elsewhere, each read once for all who ask. */
export function createTakeInPictures(deps: {
  connection: Connection
  keep(bytes: Uint8Array): Promise<PictureId>
  now(): number
  wait: Wait
  logger: Logger
}): TakeInPicture {
  const { connection, now, wait, logger } = deps
  const sources = pictureSourcesOf(connection)
  const remembered = new Map<string, Remembered>()

  const load = async ({ address, read }: RemotePicture): Promise<PictureId> => {
    const _id = createHash('sha256').update(address).digest('hex')
    const known = await sources.findOne({ _id, expireAt: { $gt: new Date(now()) } })
    if (known) return known.picture
    const picture = await deps.keep(await read(mostPictureBytes))
    await sources.updateOne({ _id }, { $set: { picture, expireAt: new Date(now() + freshMs) } }, { upsert: true })
    return picture
  }

  const ask = (remote: RemotePicture): Remembered => {
    const failed = (err: unknown) => {
      entry.until = now() + forgottenAfterFailureMs
      logger.warn({ err }, 'a picture could not be taken in; messages go without it')
      return null
    }
    const entry: Remembered = { picture: load(remote).catch(failed), until: now() + rememberedMs }
    return entry
  }

  const recall = (remote: RemotePicture): Promise<PictureId | null> => {
    const kept = remembered.get(remote.address)
    const entry = kept && kept.until > now() ? kept : ask(remote)
    // A map keeps the order of insertion: what is used moves to the end.
    remembered.delete(remote.address)
    remembered.set(remote.address, entry)
    const oldest = remembered.keys().next()
    if (remembered.size > mostRemembered && !oldest.done) remembered.delete(oldest.value)
    return entry.picture
  }

  return async (remote) => {
    const over = new AbortController()
    const tooLate = wait(patienceMs, over.signal).then(() => null)
    return Promise.race([recall(remote), tooLate]).finally(() => over.abort())
  }
}
