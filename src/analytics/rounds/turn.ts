import { type Connection, Schema } from 'mongoose'

/** Where the folding is. One document. */
export interface Progress {
  _id: 'progress'
  /** Of the definitions by which all was folded; with another one it begins anew. */
  version: number
  /** What was committed before that is folded. Epoch ms. */
  until: number
  /** Counts who had the turn, so that what one who lost it writes late is refused. */
  round: number
  /** Nobody else takes the turn before. Epoch ms. */
  leasedUntil: number
  /** The agents' time is made up to this hour, which is made again. Epoch ms. */
  deskAt: number
  /** When everything of the last days was folded once more. Epoch ms. */
  nightlyAt: number
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
export const progressModel = (connection: Connection) =>
  connection.model('AnalyticsProgress', schema, 'analytics_progress')
export const progressOf = (connection: Connection) => connection.collection<Progress>('analytics_progress')

/** Long enough for one step of a round: a worker that died is followed after it. ms */
const leaseMs = 60_000

export interface Turn {
  progress: Progress
  /** Writes down how far it is, and keeps the turn. False: another one has it now, and nothing was written. */
  keep(change?: Partial<Pick<Progress, 'version' | 'until' | 'deskAt' | 'nightlyAt'>>): Promise<boolean>
  end(): Promise<void>
}

/** The turn to fold and to roll up, which one process has at a time; null: another one has it. */
export async function takeTurn(connection: Connection, now: () => number): Promise<Turn | null> {
  const progress = progressOf(connection)
  const first = { version: 0, until: 0, round: 0, leasedUntil: 0, deskAt: 0, nightlyAt: 0 }
  await progress.updateOne({ _id: 'progress' }, { $setOnInsert: first }, { upsert: true })
  const taken = await progress.findOneAndUpdate(
    { _id: 'progress', leasedUntil: { $lte: now() } },
    { $set: { leasedUntil: now() + leaseMs }, $inc: { round: 1 } },
    { returnDocument: 'after' },
  )
  if (!taken) return null
  const mine = { _id: 'progress', round: taken.round } as const
  return {
    progress: taken,
    async keep(change = {}) {
      const kept = await progress.updateOne(mine, { $set: { ...change, leasedUntil: now() + leaseMs } })
      return kept.matchedCount === 1
    },
    async end() {
      await progress.updateOne(mine, { $set: { leasedUntil: 0 } })
    },
  }
}
