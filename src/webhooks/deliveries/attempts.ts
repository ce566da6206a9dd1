import { type Connection, Schema } from 'mongoose'
import type { DeliveryId, EndpointId } from '../../contract/ids.ts'
import type { Attempt } from '../../contract/webhook.ts'
import type { CallResult } from '../call/call.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Delivery } from './stored.ts'

/** How long what became of a delivery can be looked up. ms */
export const keptMs = 30 * 86_400_000

/** A document of its own, because many of them are written at once. */
export interface StoredAttempt extends Omit<Attempt, 'at' | 'headers'> {
  delivery: DeliveryId
  endpoint: EndpointId
  at: Date
  /** As JSON: nobody asks for one of them, and a document of documents is slow to write. */
  headers: string
  expireAt: Date
}

const schema = new Schema({}, { versionKey: false, strict: false, minimize: false })
schema.index({ delivery: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const attemptModel = (connection: Connection) => connection.model('Attempt', schema, 'attempts')
export const attemptsOf = (connection: Connection) => connection.collection<StoredAttempt>('attempts')

export const noHeaders = '[]'

type Of = Pick<Delivery, '_id' | 'endpoint'>

/** As it is kept for whoever looks why a call failed. `result` null: nothing was called. */
export function attemptOf(
  { _id: delivery, endpoint }: Of,
  { result, outcome, at }: { result: CallResult | null; outcome: Outcome; at: number },
): StoredAttempt {
  const ms = result?.ms ?? 0
  const when = { at: new Date(at - ms), ms, expireAt: new Date(at + keptMs) }
  const said = { delivery, endpoint, ...when, outcome: outcomeIn(outcome) }
  if (result?.kind !== 'answered')
    return {
      ...said,
      status: null,
      why: result?.why ?? 'nothing_to_send',
      headers: noHeaders,
      body: '',
      truncated: false,
    }
  const { status, headers, body, truncated } = result
  return { ...said, status, why: null, headers: JSON.stringify(headers), body, truncated }
}

const outcomeIn = ({ kind }: Outcome): Attempt['outcome'] => (kind === 'delivered' ? 'delivered' : 'failed')

export const shownAttempt = ({ at, ms, outcome, status, why, headers, body, truncated }: StoredAttempt): Attempt => ({
  at: at.toISOString(),
  ...{ ms, outcome, status, why, body, truncated },
  headers: JSON.parse(headers),
})
