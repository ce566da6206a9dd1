import { type Connection, Schema } from 'mongoose'
import type { LogEvent } from '../contract/event.ts'

const schema = new Schema(
  {
    _id: String,
    session: { type: String, required: true },
    seq: { type: Number, required: true },
    key: { type: String, required: true },
    type: { type: String, required: true },
    version: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    origin: { type: String, required: true },
    body: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ session: 1, seq: 1 }, { unique: true })
schema.index({ session: 1, key: 1 }, { unique: true })
schema.index({ at: 1 })

export const eventModel = (connection: Connection) => connection.model('Event', schema, 'events')
export const eventsOf = (connection: Connection) => connection.collection<LogEvent>('events')
export type Events = ReturnType<typeof eventsOf>
