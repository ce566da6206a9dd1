import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Doorbell } from '../doorbell.ts'
import { type Links, linkId, toldToLook } from '../links/link.ts'
import { createThreads, type Opened } from '../links/threads.ts'
import type { Arrivals, InboxItem } from '../port/arrival.ts'
import type { DestinationName } from '../port/connector.ts'
import { arrivalsOf, idOf, type StoredArrival } from './arrival.ts'
import { type Authors, createAuthors, type Owed } from './authors.ts'
import type { Heard } from './heard.ts'

/** Arrivals of threads that are not ours, or not yet, are kept this long; afterwards the log's keys alone tell repeats. */
const keptMs = 7 * 24 * 3_600_000

export interface Inbox extends Arrivals, Authors {
  /** Stores without telling anybody; what is known already stays as it is. */
  store(destination: DestinationName, items: readonly InboxItem[]): Promise<void>
  waiting(destination: DestinationName, thread: string, limit: number): Promise<StoredArrival[]>
  /** Roots that were made for a chat: its own, and one that a worker made which was taken for dead. */
  roots(destination: DestinationName, session: SessionId): Promise<StoredArrival[]>
  /** What people write under a chat's second root goes to the thread that it has. */
  move(destination: DestinationName, from: string, to: string): Promise<void>
  /** Threads with arrivals that have waited since before `before`, and chats for which such a thread was opened. */
  leftBehind(before: Date, limit: number): Promise<Pick<StoredArrival, 'destination' | 'thread' | 'session'>[]>
  /** What waits in threads that their chats have left comes to those that they have. */
  reclaim(threads: readonly Pick<StoredArrival, 'destination' | 'thread'>[]): Promise<void>
  /** Whether a later change of the same object was taken in before this one. */
  isOutdated(change: StoredArrival): Promise<boolean>
  /** What this changes is not taken in any more, whenever it arrives. */
  forestall(change: StoredArrival, outcome: string): Promise<void>
  /** `owed`: what its author has yet to be told, written down with it. */
  finish(item: StoredArrival, outcome: string, owed?: Owed | null): Promise<void>
  /** Empties what had arrived in these threads until then, taken in or not. Answers how many there were. */
  erase(destination: DestinationName, threads: readonly string[], until: Date): Promise<number>
  /** Counts a failed try; after `most` the item no longer holds up its thread. Answers whether it was given up. */
  failed(item: StoredArrival, reason: string, most: number, owed?: Owed | null): Promise<boolean>
}

export function createInbox(deps: {
  connection: Connection
  links: Links
  doorbell: Doorbell
  heard: Pick<Heard, 'note'>
  now: () => number
}): Inbox {
  const inbox = arrivalsOf(deps.connection)
  const threads = createThreads(deps.connection)

  const store = async (destination: DestinationName, items: readonly InboxItem[]) => {
    if (items.length === 0) return
    const receivedAt = new Date(deps.now())
    const expireAt = new Date(deps.now() + keptMs)
    const writes = items.map((item) => ({
      updateOne: {
        filter: { _id: idOf(destination, item) },
        update: {
          $setOnInsert: { ...item, destination, state: 'waiting' as const, attempts: 0, receivedAt, expireAt },
        },
        upsert: true,
      },
    }))
    await inbox.bulkWrite(writes, { ordered: false })
  }

  /** After the store: whoever binds the thread meanwhile reads the inbox afterwards. Answers whether the link is there. */
  const wake = async (
    which: Parameters<Links['findOneAndUpdate']>[0],
    set: Record<string, unknown>,
  ): Promise<boolean> => {
    const link = await deps.links.findOneAndUpdate(
      which,
      { $inc: { 'inbound.wanted': 1 }, $set: { 'inbound.behind': true, activeAt: new Date(deps.now()), ...set } },
      { projection: { _id: 1 } },
    )
    if (link) await deps.doorbell.ring([{ kind: 'receive', link: link._id }])
    return link !== null
  }

  const wakeThread = (destination: DestinationName, thread: string, set = {}) =>
    wake({ destination, 'remote.thread': thread }, set)
  const wakeChat = (destination: DestinationName, session: SessionId) => wake({ _id: linkId(session, destination) }, {})

  /** A thread without a link may be a second one of a chat, or one that it has left. */
  const wakeOwner = async (destination: DestinationName, thread: string) => {
    const root = await inbox.findOne({ _id: idOf(destination, { id: thread }) })
    const session = root?.session ?? (await threads.sessionOf(destination, thread))
    if (session === null) return
    await bringHome({ destination, thread, session })
    await wakeChat(destination, session)
  }

  /** From a thread that a chat does not have, or no longer, to the one that it has. */
  const bringHome = async ({ destination, thread, session }: Opened) => {
    const own = await threads.threadOf(destination, session)
    if (own !== null && own !== thread) await move(destination, thread, own)
  }

  const move = async (destination: DestinationName, from: string, to: string) => {
    const said = { destination, thread: from, state: 'waiting' as const, session: { $exists: false } }
    // It was seen in the other thread, and not to see it in this one says nothing.
    await inbox.updateMany(said, { $set: { thread: to }, $unset: { seen: '' } })
  }

  /** A root is made for a link: without one it is another installation's. */
  const isOurs = async (destination: DestinationName, { session }: InboxItem) =>
    session === undefined || (await deps.links.findOne({ _id: linkId(session, destination) })) !== null

  return {
    ...createAuthors(deps.connection),
    store,
    move,
    async accept(destination, items) {
      const ours: InboxItem[] = []
      for (const item of items) if (await isOurs(destination, item)) ours.push(item)
      await store(destination, ours)
      await deps.heard.note(destination)
      for (const session of new Set(ours.flatMap((item) => item.session ?? []))) await wakeChat(destination, session)
      const others = new Set(ours.flatMap(({ session, thread }) => (session === undefined ? thread : [])))
      for (const thread of others) if (!(await wakeThread(destination, thread))) await wakeOwner(destination, thread)
    },
    async look(destination, thread) {
      await wakeThread(destination, thread, { 'inbound.lookAt': toldToLook })
    },
    async roots(destination, session) {
      // There are two at most; a store that is told more conditions may look them up by another index.
      const all = await inbox.find({ destination, session }).toArray()
      return all.filter(({ state }) => state === 'waiting')
    },
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
      const perThread = new Map(items.map((item) => [`${item.destination} ${item.session ?? item.thread}`, item]))
      return [...perThread.values()]
    },
    async reclaim(from) {
      for (const opened of await threads.openedAs(from)) await bringHome(opened)
    },
    async isOutdated({ destination, of, order }) {
      const changes = of === undefined ? [] : await inbox.find({ of }).toArray()
      return changes.some((one) => one.destination === destination && one.state === 'done' && one.order > order)
    },
    async forestall({ destination, of, thread, order, receivedAt, expireAt }, outcome) {
      if (of === undefined) return
      const _id = idOf(destination, { id: of })
      const done = { state: 'done' as const, outcome, raw: null }
      await inbox.updateOne({ _id, state: 'waiting' }, { $set: done })
      const item = { id: of, destination, thread, order, attempts: 0, receivedAt, expireAt, ...done }
      await inbox.updateOne({ _id }, { $setOnInsert: item, $unset: { seen: '' } }, { upsert: true })
    },
    async finish(item, outcome, owed = null) {
      // The log has what was said by now; the id is all that tells a repeat. Whoever is owed a word stands in `raw`.
      const left = owed ?? { raw: null }
      await inbox.updateOne({ _id: item._id }, { $set: { state: 'done', outcome, ...left } })
    },
    async erase(destination, threads, until) {
      const theirs = { destination, thread: { $in: [...threads] }, receivedAt: { $lte: until }, raw: { $ne: null } }
      const erased = await inbox.updateMany(theirs, { $set: { state: 'done', outcome: 'erased', raw: null } })
      return erased.modifiedCount
    },
    async failed(item, reason, most, owed = null) {
      const givenUp = item.attempts + 1 >= most
      await inbox.updateOne(
        { _id: item._id },
        { $set: { outcome: reason, ...(givenUp && { state: 'failed' as const, ...owed }) }, $inc: { attempts: 1 } },
      )
      return givenUp
    },
  }
}
