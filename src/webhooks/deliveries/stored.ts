import { type Connection, Schema } from 'mongoose'
import { DeliveryId, type EndpointId, type Seq, type SessionId } from '../../contract/ids.ts'
import type { DeliveryState } from '../../contract/webhook.ts'
import type { WebhookType } from '../../contract/webhook-event.ts'

/** An event on its way to an endpoint. There is at most one of each, because its id says which. */
export interface Delivery {
  _id: DeliveryId
  endpoint: EndpointId
  /** A sample's is none of the log's. */
  event: string
  type: WebhookType
  /** Null: it stands in no chat's log. */
  session: SessionId | null
  seq: Seq | null
  /** When it happened. */
  at: Date
  state: DeliveryState
  /** Its endpoint while it waits, so that what is due is found among what waits alone; else null. */
  waitsFor: EndpointId | null
  /** Attempts of the schedule that were made; a resend begins it anew. */
  tries: number
  /** ms. While it waits: when it is due. A claim moves it on, so that one whose worker died is due again by itself. */
  nextAt: number
  /** Who has it; null: nobody, or one who has died. */
  claim: string | null
  /** Of the last attempt. */
  lastAt: Date | null
  lastStatus: number | null
  lastWhy: string | null
  isTest: boolean
  /** The replay that made it, or began it anew. */
  replay?: string
  /** Null while it waits. */
  expireAt: Date | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
schema.index({ waitsFor: 1, nextAt: 1 })
schema.index({ endpoint: 1, at: -1, _id: -1 })
/** What waits in a chat, however long it is, and what an erasure takes. */
schema.index({ session: 1, endpoint: 1, state: 1, seq: 1 })
/** Those are few among millions. */
schema.index({ endpoint: 1, state: 1, at: -1, _id: -1 }, { partialFilterExpression: { state: 'failed' } })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const deliveryModel = (connection: Connection) => connection.model('Delivery', schema, 'deliveries')
export const deliveriesOf = (connection: Connection) => connection.collection<Delivery>('deliveries')
export type Deliveries = ReturnType<typeof deliveriesOf>

export const deliveryIdOf = (endpoint: EndpointId, event: string): DeliveryId =>
  DeliveryId.parse(`${endpoint}.${event}`)
