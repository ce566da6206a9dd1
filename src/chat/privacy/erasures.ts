import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId, VisitorId } from '../../contract/ids.ts'
import type { Place } from '../../contract/privacy.ts'

/** One chat that is to be erased, and how far that is. It holds ids alone, or it would keep what it is to erase. */
export interface Erasure {
  /** `<request>:<session>`. */
  _id: string
  request: string
  session: SessionId
  visitor: VisitorId
  inbox: string
  reason: 'request' | 'retention'
  /** Who asked: `admin:key`, `agent:<id>`, `command` or `retention`. */
  by: string
  at: Date
  state: 'pending' | 'done'
  /** Fixed once, so that the event is the same however often it is appended. */
  upTo: Seq | null
  copies: Place[]
  destinations: Place[]
  tries: number
  nextAt: Date
  /** Of a finished one. */
  expireAt: Date | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
schema.index({ request: 1, session: 1 })
schema.index({ state: 1, nextAt: 1 })
schema.index({ session: 1, state: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const erasureModel = (connection: Connection) => connection.model('Erasure', schema, 'erasures')
export const erasuresOf = (connection: Connection) => connection.collection<Erasure>('erasures')

const day = 86_400_000
/** How long it can be shown that something was erased: the usual limitation of claims, and a month for what age did. */
const keptMs = { request: 3 * 365 * day, retention: 30 * day }

export const expiryOf = ({ reason }: Pick<Erasure, 'reason'>, now: number): Date => new Date(now + keptMs[reason])

export const newErasure = (
  chat: Pick<Erasure, 'session' | 'visitor' | 'inbox'>,
  asked: Pick<Erasure, 'request' | 'reason' | 'by' | 'at'>,
): Erasure => ({
  _id: `${asked.request}:${chat.session}`,
  ...chat,
  ...asked,
  state: 'pending',
  upTo: null,
  copies: [],
  destinations: [],
  tries: 0,
  nextAt: asked.at,
  expireAt: null,
})
