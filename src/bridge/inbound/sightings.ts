import type { Connection } from 'mongoose'
import type { Stood } from '../port/arrival.ts'
import type { DestinationName } from '../port/connector.ts'
import { arrivalsOf, idOf, type StoredArrival } from './arrival.ts'
import type { SaidOutcome } from './say.ts'

export const takenInEdited = 'taken in as it was edited'

/** What became of whatever is in the chat. */
const inTheChat: readonly string[] = ['posted', 'posted without a file', takenInEdited] satisfies (
  | SaidOutcome
  | typeof takenInEdited
)[]

const most = 500

/** What looks have seen of the arrivals that are kept. */
export interface Sightings {
  saw(destination: DestinationName, ids: readonly string[]): Promise<void>
  /**
   * What is in the chat, was seen in the thread and did not stand there now. What no look has seen may stand elsewhere, or
   * may not be shown yet: nothing follows from its absence.
   */
  missing(destination: DestinationName, thread: string, now: Stood): Promise<StoredArrival[]>
}

export function createSightings(connection: Connection): Sightings {
  const arrivals = arrivalsOf(connection)
  return {
    async saw(destination, ids) {
      const all = ids.map((id) => idOf(destination, { id }))
      await arrivals.updateMany({ _id: { $in: all }, seen: { $exists: false } }, { $set: { seen: true } })
    },
    async missing(destination, thread, { after, upTo, ids }) {
      const done = { destination, thread, state: 'done' as const, order: { $gt: after, $lte: upTo } }
      const seen = await arrivals
        .find({ ...done, seen: true, outcome: { $in: [...inTheChat] } })
        .limit(most)
        .toArray()
      const standing = new Set(ids)
      return seen.filter(({ id }) => !standing.has(id))
    },
  }
}
