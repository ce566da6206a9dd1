import type { Connection } from 'mongoose'

interface Repairs {
  _id: 'summaries'
  /** Repairs that found a summary wrong. */
  count: number
}

const repairsOf = (connection: Connection) => connection.collection<Repairs>('repairs')

/** Running processes may hold in memory what a wrong summary said. */
export async function tellOfRepair(connection: Connection): Promise<void> {
  await repairsOf(connection).updateOne({ _id: 'summaries' }, { $inc: { count: 1 } }, { upsert: true })
}

export const repairsSoFar = async (connection: Connection): Promise<number> =>
  (await repairsOf(connection).findOne({ _id: 'summaries' }))?.count ?? 0
