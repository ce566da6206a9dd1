import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'

/** How far a chat's log has been looked through for endpoints. */
interface FanOut {
  _id: SessionId
  cursor: Seq
}

const schema = new Schema({ _id: String, cursor: Number }, { versionKey: false })
export const fanOutModel = (connection: Connection) => connection.model('FanOut', schema, 'fan_outs')
export const fanOutsOf = (connection: Connection) => connection.collection<FanOut>('fan_outs')
