import { type Connection, Schema } from 'mongoose'
import type { DestinationName } from '../port/connector.ts'

interface Mark {
  _id: DestinationName
  at: Date
}

export const heardModel = (connection: Connection) =>
  connection.model('Heard', new Schema({ _id: String, at: Date }, { versionKey: false }), 'heard')

/** A minute more or less tells an administrator nothing. */
const everyMs = 60_000

/** When a remote's push was last taken in. */
export interface Heard {
  note(destination: DestinationName): Promise<void>
  last(destination: DestinationName): Promise<Date | null>
}

export function createHeard(connection: Connection, now: () => number): Heard {
  const marks = connection.collection<Mark>('heard')
  const noted = new Map<DestinationName, number>()
  return {
    async note(destination) {
      const at = now()
      if (at - (noted.get(destination) ?? 0) < everyMs) return
      noted.set(destination, at)
      await marks.updateOne({ _id: destination }, { $max: { at: new Date(at) } }, { upsert: true })
    },
    last: async (destination) => (await marks.findOne({ _id: destination }))?.at ?? null,
  }
}
