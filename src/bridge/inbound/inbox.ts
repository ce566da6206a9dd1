import { type Connection, Schema } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Doorbell } from '../doorbell.ts'
import { type Links, linkId, toldToLook } from '../links/link.ts'
import type { Arrivals, DestinationName, InboxItem } from '../port.ts'

/** Arrivals of threads that are not ours, or not yet, are kept this long; afterwards the log's keys alone tell repeats. */
const keptMs = 7 * 24 * 3_600_000

/** An arrival as it was stored before the remote got its answer. */
export interface StoredArrival extends InboxItem {
  /** `<destination>:<item id>`. */
  _id: string
  destination: DestinationName
  state: 'waiting' | 'done' | 'failed'
  attempts: number
  receivedAt: Date
  expireAt: Date
  outcome?: string
}

const schema = new Schema(
  {
    _id: String,
    id: String,
    destination: { type: String, required: true },
    thread: { type: String, required: true },
    order: { type: String, required: true },
    raw: Schema.Types.Mixed,
    state: { type: String, required: true },
    attempts: Number,
    receivedAt: Date,
    expireAt: Date,
    outcome: String,
    session: String,
  },
  { versionKey: false, minimize: false },
)
schema.index({ destination: 1, thread: 1, state: 1, order: 1 })
schema.index({ state: 1, receivedAt: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })
schema.index({ session: 1 }, { sparse: true })

export const inboxModel = (connection: Connection) => connection.model('StoredArrival', schema, 'inbox')

export interface Inbox extends Arrivals {
  /** Stores without telling anybody; what is known already stays as it is. */
  store(destination: DestinationName, items: readonly InboxItem[]): Promise<void>
  waiting(destination: DestinationName, thread: string, limit: number): Promise<StoredArrival[]>
  /** Puts roots that were made for a chat into the thread that it has. Answers that thread, if it has one. */
  gather(destination: DestinationName, session: SessionId): Promise<string | null>
  /** Threads with arrivals that have waited since before `before`, and chats for which one of them was made. */
  leftBehind(before: Date, limit: number): Promise<Pick<StoredArrival, 'destination' | 'thread' | 'session'>[]>
  finish(item: StoredArrival, outcome: string): Promise<void>
  /** Empties what had arrived in these threads until then, taken in or not. Answers how many there were. */
  erase(destination: DestinationName, threads: readonly string[], until: Date): Promise<number>
  /** Counts a failed try; after `most` the item no longer holds up its thread. Answers whether it was given up. */
  failed(item: StoredArrival, reason: string, most: number): Promise<boolean>
}

export function createInbox(deps: {
  connection: Connection
  links: Links
  doorbell: Doorbell
  now: () => number
}): Inbox {
  const inbox = deps.connection.collection<StoredArrival>('inbox')

  const store = async (destination: DestinationName, items: readonly InboxItem[]) => {
    if (items.length === 0) return
    const receivedAt = new Date(deps.now())
    const expireAt = new Date(deps.now() + keptMs)
    const writes = items.map((item) => ({
      updateOne: {
        filter: { _id: `${destination}:${item.id}` },
        update: {
          $setOnInsert: { ...item, destination, state: 'waiting' as const, attempts: 0, receivedAt, expireAt },
        },
        upsert: true,
      },
    }))
    await inbox.bulkWrite(writes, { ordered: false })
  }

  /** After the store: whoever binds the thread meanwhile reads the inbox afterwards. */
  const wake = async (destination: DestinationName, thread: string, set: Record<string, unknown>) => {
    const link = await deps.links.findOneAndUpdate(
      { destination, 'remote.thread': thread },
      { $inc: { 'inbound.wanted': 1 }, $set: { 'inbound.behind': true, activeAt: new Date(deps.now()), ...set } },
      { projection: { _id: 1 } },
    )
    if (link) await deps.doorbell.ring([{ kind: 'receive', link: link._id }])
  }

  const gather = async (destination: DestinationName, session: SessionId) => {
    const link = await deps.links.findOne({ _id: linkId(session, destination) }, { projection: { remote: 1 } })
    const thread = link?.remote.thread ?? null
    if (thread === null) return null
    const elsewhere = { destination, session, state: 'waiting' as const, thread: { $ne: thread } }
    await inbox.updateMany(elsewhere, { $set: { thread } })
    return thread
  }

  return {
    store,
    gather,
    async accept(destination, items) {
      await store(destination, items)
      const threads = new Set(items.map((item) => item.thread))
      for (const { session } of items) {
        const thread = session === undefined ? null : await gather(destination, session)
        if (thread !== null) threads.add(thread)
      }
      for (const thread of threads) await wake(destination, thread, {})
    },
    look: (destination, thread) => wake(destination, thread, { 'inbound.lookAt': toldToLook }),
    waiting: (destination, thread, limit) =>
      inbox.find({ destination, thread, state: 'waiting' }).sort({ order: 1 }).limit(limit).toArray(),
    async leftBehind(before, limit) {
      const items = await inbox
        .find(
          { state: 'waiting', receivedAt: { $lt: before } },
          { projection: { destination: 1, thread: 1, session: 1 } },
        )
        .sort({ receivedAt: -1 })
        .limit(limit)
        .toArray()
      const threads = new Map(items.map((item) => [`${item.destination} ${item.thread}`, item]))
      return [...threads.values()]
    },
    async finish(item, outcome) {
      // The log has what was said by now; the id is all that tells a repeat.
      await inbox.updateOne({ _id: item._id }, { $set: { state: 'done', outcome, raw: null } })
    },
    async erase(destination, threads, until) {
      const theirs = { destination, thread: { $in: [...threads] }, receivedAt: { $lte: until }, raw: { $ne: null } }
      const erased = await inbox.updateMany(theirs, { $set: { state: 'done', outcome: 'erased', raw: null } })
      return erased.modifiedCount
    },
    async failed(item, reason, most) {
      const givenUp = item.attempts + 1 >= most
      await inbox.updateOne(
        { _id: item._id },
        { $set: { outcome: reason, ...(givenUp && { state: 'failed' as const }) }, $inc: { attempts: 1 } },
      )
      return givenUp
    },
  }
}
