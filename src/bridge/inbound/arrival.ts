import { type Connection, Schema } from 'mongoose'
import type { LinkId } from '../doorbell.ts'
import type { InboxItem, Told } from '../port/arrival.ts'
import type { DestinationName } from '../port/connector.ts'

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
  /** A look has seen it in its thread. */
  seen?: true
  /** The link whose drain has to tell its author. Gone once they are told. */
  owed?: LinkId
  /** What they are told without fail: that the customer does not have it, or has it after all. */
  why?: Told
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
    seen: Boolean,
    of: String,
    session: String,
    owed: String,
    why: String,
  },
  { versionKey: false, minimize: false },
)
schema.index({ destination: 1, thread: 1, state: 1, order: 1 })
schema.index({ state: 1, receivedAt: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })
schema.index({ session: 1 }, { sparse: true })
schema.index({ of: 1 }, { sparse: true })
schema.index({ owed: 1 }, { sparse: true })

export const inboxModel = (connection: Connection) => connection.model('StoredArrival', schema, 'inbox')

export const arrivalsOf = (connection: Connection) => connection.collection<StoredArrival>('inbox')

export const idOf = (destination: DestinationName, { id }: Pick<InboxItem, 'id'>): string => `${destination}:${id}`
