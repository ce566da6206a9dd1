import { type Connection, Schema } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId, EventId } from '../../contract/ids.ts'
import type { PayloadOf } from '../../contract/webhook-event.ts'

export type OwnPayload = PayloadOf<'agent.status_changed' | 'endpoint.disabled'>

/** What happened beside the chats, and stands in no log of theirs. */
export interface OwnEvent {
  _id: EventId
  at: Date
  /** None: it concerns all. */
  inboxes: string[]
  payload: OwnPayload
  /** Until it was written down for each endpoint. */
  isPending: boolean
  expireAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
schema.index({ isPending: 1 })
schema.index({ at: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const ownEventModel = (connection: Connection) => connection.model('OwnEvent', schema, 'own_events')
export const ownEventsOf = (connection: Connection) => connection.collection<OwnEvent>('own_events')

/** How an agent stood when that was told last. */
export interface ToldStatus {
  _id: AgentId
  status: AgentStatus
  since: Date
}

const toldSchema = new Schema({ _id: String }, { versionKey: false, strict: false })
export const toldStatusModel = (connection: Connection) => connection.model('ToldStatus', toldSchema, 'told_statuses')
export const toldStatusesOf = (connection: Connection) => connection.collection<ToldStatus>('told_statuses')
