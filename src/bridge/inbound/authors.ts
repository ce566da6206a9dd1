import type { Connection } from 'mongoose'
import type { LinkId } from '../doorbell.ts'
import type { Link } from '../links/link.ts'
import type { Told } from '../port/arrival.ts'
import { arrivalsOf, idOf, type StoredArrival } from './arrival.ts'

/** What the author of an arrival has yet to be told. */
export interface Owed {
  owed: LinkId
  why: Told
}

/** What authors are told without fail of what became of their words; it is kept with these. */
export interface Authors {
  /** Of which authors have yet to be told, in their order. */
  owed(link: LinkId, limit: number): Promise<StoredArrival[]>
  toldAuthor(item: StoredArrival): Promise<void>
  /** What was to be told so far of the object that this changes, the latest last. */
  toldBefore(change: StoredArrival): Promise<Told[]>
  /** Whether somebody in this thread was told last that the customer has left. */
  hasLeft(link: Link): Promise<boolean>
  /** All of them are to be told that the customer has it after all. */
  oweReturn(link: Link): Promise<void>
}

export function createAuthors(connection: Connection): Authors {
  const arrivals = arrivalsOf(connection)
  const left = ({ destination, remote: { thread = '' } }: Link) =>
    ({ destination, thread, state: 'done', why: 'left' }) as const
  return {
    hasLeft: async (link) => (await arrivals.findOne(left(link))) !== null,
    async oweReturn(link) {
      await arrivals.updateMany(left(link), { $set: { owed: link._id, why: 'heard' } })
    },
    owed: (link, limit) => arrivals.find({ owed: link }).sort({ order: 1 }).limit(limit).toArray(),
    async toldAuthor({ _id, state }) {
      const done = state === 'done' ? { $set: { raw: null } } : {}
      await arrivals.updateOne({ _id }, { ...done, $unset: { owed: '' } })
    },
    async toldBefore({ destination, of, order }) {
      if (of === undefined) return []
      const changed = await arrivals.findOne({ _id: idOf(destination, { id: of }) })
      const changes = (await arrivals.find({ of }).toArray()).filter((one) => one.destination === destination)
      const before = [...(changed ? [changed] : []), ...changes.filter((one) => one.order < order)]
      return before.toSorted((a, b) => (a.order < b.order ? -1 : 1)).flatMap(({ why }) => why ?? [])
    },
  }
}
