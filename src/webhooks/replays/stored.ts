import { type Connection, Schema } from 'mongoose'
import type { EndpointId } from '../../contract/ids.ts'
import type { ShownReplay } from '../../contract/webhook.ts'
import type { WebhookPatterns } from '../../contract/webhook-event.ts'

/** Events of a time that are brought to an endpoint again, or for the first time. */
export interface StoredReplay {
  _id: string
  endpoint: EndpointId
  from: Date
  to: Date
  events: WebhookPatterns
  again: boolean
  state: ShownReplay['state']
  /** Events before this time are written down. */
  cursor: Date
  count: number
  /** ms; until then a process is at it. */
  claimedUntil: number
  createdAt: Date
  expireAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ endpoint: 1, createdAt: -1 })
schema.index({ state: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const replayModel = (connection: Connection) => connection.model('Replay', schema, 'replays')
export const replaysOf = (connection: Connection) => connection.collection<StoredReplay>('replays')

export const shown = ({ _id, from, to, again, state, count, createdAt }: StoredReplay): ShownReplay => ({
  id: _id,
  from: from.toISOString(),
  to: to.toISOString(),
  ...{ again, state, count },
  createdAt: createdAt.toISOString(),
})
