import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Answer } from '../budgets/slots.ts'
import type { LinkId } from '../doorbell.ts'
import type { FrozenCall, LinkView, Remote } from '../port/call.ts'
import type { DestinationName } from '../port/connector.ts'
import type { Isolated, Trouble } from './held-up.ts'

/** Exclusive right to work on one side of a link. `token` grows with each holder, so that a late one is refused. Times in epoch ms. */
export interface Lease {
  owner: string
  token: number
  until: number
}

/** What one budget answered before the call was formed: a place in time, or when to ask again. */
export interface Slot extends Answer {
  budget: string
}

/** What an erasure took out of sight, and why something is left. */
export interface Erased {
  /** Of its event. */
  seq: Seq
  wiped: number
  left: Readonly<Record<string, number>>
}

export interface Erasing extends Erased {
  /** Threads in which nothing is left to do. */
  done: readonly string[]
  /** Where the step in the next thread begins. */
  from: string | null
  /** What the last try ran into. */
  trouble: string | null
}

/** A range of the log that is looked at once more at the destination. */
export interface Resend {
  /** What lies before it has been looked at. */
  from: Seq
  until: Seq
  partsDone: number
  /** Calls that were made for what was missing. */
  brought: number
  /** When it was asked for, epoch ms. */
  at: number
  done: boolean
}

/** How one session stands with one destination: what it has, what it is owed, and the call that may be under way. */
export interface Link {
  _id: LinkId
  session: SessionId
  destination: DestinationName
  remote: Remote
  /** The inbox, with whose chats it shares what the remote takes; null until it is asked for. */
  share: string | null
  outbound: {
    lease: Lease
    /** Everything up to here is at the destination. */
    cursor: Seq
    /** Something up to here is wanted there. */
    head: Seq
    behind: boolean
    /** When something came to wait, or something else got there while it did. */
    behindSince?: number
    nextAt: number
    partsDone: number
    inflight: FrozenCall | null
    slots: readonly Slot[]
    /** Failures in a row. */
    failures: number
    /** Null since something went through. */
    trouble?: Trouble | null
    /** It is tried in vain, or events were isolated: somebody has to look. */
    stuck?: boolean
    stuckSince?: number
    isolated?: Isolated | null
    /** After a refusal: only so many events at once, and the one that is not to be had gets a placeholder. */
    atMost: number | null
    placeholder: Seq | null
    /** The thread is over, and is read to its end before another one is gone on in. */
    leaving?: boolean
    /** What came from the destination up to here stands in a thread that was left, and is brought as the rest is. */
    retell?: Seq
    /** The thread that the chat's log was told of. */
    told?: string
    /** The erasure that is being brought there, and how far it is. */
    erasing: Erasing | null
    /** The last one that is done. */
    erased: Erased | null
    /** What was asked to be brought again, or was last. */
    resend?: Resend
  }
  inbound: {
    lease: Lease
    /** Grows with each arrival; a drain is done only when it saw the latest. */
    wanted: number
    /** The remote's order up to which everything was fetched. */
    cursor: string | null
    behind: boolean
    nextAt: number
    /** When to compare with the remote, whether or not anything arrived. */
    lookAt: number
    /** Of the look that is waiting. */
    slot: Answer | null
    failures: number
  }
  activeAt: Date
}

/** `inbound.lookAt` of a thread in which, as the remote says, something has happened. */
export const toldToLook = 0

/** A thread that is new to the link is looked at, by `lookAt`: people may have written there before. */
export const lookingFrom = (lookAt: number) => ({
  'inbound.behind': true,
  'inbound.nextAt': 0,
  'inbound.lookAt': lookAt,
})

export type Side = 'outbound' | 'inbound'

export const linkId = (session: SessionId, destination: DestinationName): LinkId => `${session}:${destination}`

const free: Lease = { owner: '', token: 0, until: 0 }

export const newLink = (session: SessionId, destination: DestinationName): Omit<Link, '_id' | 'activeAt'> => ({
  session,
  destination,
  remote: {},
  share: null,
  outbound: {
    lease: free,
    cursor: 0,
    head: 0,
    behind: true,
    nextAt: 0,
    partsDone: 0,
    inflight: null,
    slots: [],
    failures: 0,
    atMost: null,
    placeholder: null,
    erasing: null,
    erased: null,
  },
  inbound: {
    lease: free,
    wanted: 0,
    cursor: null,
    behind: false,
    nextAt: 0,
    lookAt: Number.MAX_SAFE_INTEGER,
    slot: null,
    failures: 0,
  },
})

export const viewOf = (link: Link): LinkView => ({
  session: link.session,
  ...(link.share && { inbox: link.share }),
  remote: link.remote,
  cursor: link.outbound.cursor,
  partsDone: link.outbound.partsDone,
})

const schema = new Schema(
  {
    _id: String,
    session: { type: String, required: true },
    destination: { type: String, required: true },
    remote: { type: Schema.Types.Mixed, required: true },
    share: { type: String, default: null },
    outbound: { type: Schema.Types.Mixed, required: true },
    inbound: { type: Schema.Types.Mixed, required: true },
    activeAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ 'outbound.nextAt': 1 }, { partialFilterExpression: { 'outbound.behind': true } })
schema.index({ destination: 1, 'outbound.nextAt': 1 }, { partialFilterExpression: { 'outbound.behind': true } })
schema.index({ destination: 1, 'outbound.behindSince': 1 }, { partialFilterExpression: { 'outbound.behind': true } })
schema.index({ destination: 1, 'outbound.stuckSince': 1 }, { partialFilterExpression: { 'outbound.stuck': true } })
schema.index({ 'inbound.nextAt': 1 }, { partialFilterExpression: { 'inbound.behind': true } })
schema.index({ 'inbound.lookAt': 1 })
schema.index(
  { destination: 1, 'remote.thread': 1 },
  { unique: true, partialFilterExpression: { 'remote.thread': { $exists: true } } },
)

export const linkModel = (connection: Connection) => connection.model('Link', schema, 'links')
export const linksOf = (connection: Connection) => connection.collection<Link>('links')
export type Links = ReturnType<typeof linksOf>
