import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId } from '../contract/ids.ts'

/** The stored state of a session at `projectedSeq`: a hint that is corrected forward, never the truth. */
export interface Summary<State> {
  _id: SessionId
  /** Of the fold that made the state. */
  version: number
  projectedSeq: Seq
  state: State
  /** How often it was found wrong and made again; absent: never. */
  mended?: number
}

/** Matches a summary for as long as nobody has moved it on or made it again. */
export const asRead = ({ projectedSeq, mended }: Summary<unknown>) => ({
  projectedSeq,
  mended: mended ?? { $exists: false },
})

const schema = new Schema(
  {
    _id: String,
    version: Number,
    projectedSeq: { type: Number, required: true },
    state: { type: Schema.Types.Mixed, required: true },
    mended: Number,
  },
  { versionKey: false, minimize: false },
)

export const summaryModel = (connection: Connection) => connection.model('Session', schema, 'sessions')
export const summariesOf = <State>(connection: Connection) => connection.collection<Summary<State>>('sessions')
