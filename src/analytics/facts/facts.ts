import { type Connection, Schema } from 'mongoose'
import type { SessionStatus } from '../../contract/chat.ts'
import type { Channel } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Span } from '../calendar/span.ts'

/** How long something took, by the clock and in business hours. ms */
export interface Took {
  ms: number
  businessMs: number
}

/** Whoever did it: an agent's id, or `<system>:<id>` of somebody without an account. `team`: the one that the chat was for. */
export interface Whose {
  by: string | null
  team: string | null
}

export type Side = 'visitor' | 'agent' | 'bot' | 'note'

/** `served`: somebody had it or answered; else it was closed in the queue. */
export interface Wait extends Span, Took, Whose {
  served: boolean
}

export interface Response extends Took, Whose {
  at: number
  isFirst: boolean
}

export interface Life extends Span, Took, Whose {
  isAsked: boolean
  isAnswered: boolean
  /** It was ended by the visitor, or by itself after they had gone. */
  isLeft: boolean
}

/** Destinations that messages are carried to. */
export const carriers = ['slack', 'zendesk', 'webhook'] as const
export type Carrier = (typeof carriers)[number]

/** A visitor's message has arrived. */
export interface Arrived {
  to: Carrier
  seq: Seq
  at: number
  ms: number
}

/**
 * One chat in figures: a function of its log, its inbox's calendar and the version of the definitions. It holds no word
 * that anybody wrote, and nothing of the visitor.
 */
export interface Facts {
  inbox: string
  channel: Channel
  tags: readonly string[]
  status: SessionStatus
  /** Of the definitions. */
  version: number
  /** By which it was reckoned. */
  calendar: string
  /** How far its log was folded. */
  seq: Seq
  startedAt: Date
  closedAt: Date | null
  isOffline: boolean
  people: readonly { id: string; name: string }[]
  /** How many messages by the start of their hour, who wrote them and for which team. */
  said: readonly (Whose & { at: number; side: Side; count: number })[]
  /** The first message of each day. */
  activeDays: readonly number[]
  waits: readonly Wait[]
  responses: readonly Response[]
  automated: readonly { at: number; ms: number }[]
  held: readonly (Span & { by: string; team: string | null })[]
  lives: readonly Life[]
  reopenings: readonly (Whose & { at: number })[]
  transfers: readonly (Whose & { at: number })[]
  ratings: readonly (Whose & { at: number; score: number })[]
  arrived: readonly Arrived[]
}

/** `session_facts`: a row for each chat. */
export interface StoredFacts extends Facts {
  _id: SessionId
  /** Counts its changes, so that nobody writes over another's. */
  stamp: number
  /** The beginnings of the hours in which it counts something. */
  hours: Date[]
  /** Those whose roll-ups do not have it yet, or still have what it was before. */
  stale: Date[]
  /** Set while there are any. */
  isStale?: true
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
schema.index({ hours: 1, inbox: 1 })
schema.index({ isStale: 1 }, { partialFilterExpression: { isStale: true } })
export const factsModel = (connection: Connection) => connection.model('SessionFacts', schema, 'session_facts')
export const factsOf = (connection: Connection) => connection.collection<StoredFacts>('session_facts')
export type FactsCollection = ReturnType<typeof factsOf>
