import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'

/** What a connector remembers of its side of a session. `thread` addresses it for arrivals (Slack `channel:ts`, Zendesk ticket id). */
export interface Remote {
  thread?: string
  [detail: string]: string | undefined
}

/** A limit of the remote: at most `limit` calls in `windowMs`, `burst` of them at once. */
export interface Budget {
  key: string
  limit: number
  windowMs: number
  burst: number
}

/** `urgent`: somebody waits for it, in a thread that is there. `normal`: what opens one, and what catches up. */
export type Lane = 'urgent' | 'normal'

/** The next thing to bring to a remote, formed from what lies after the link's cursor. */
export interface NextCall {
  /** First and last `seq` that it covers. A call that only opens the thread covers nothing: `to = from - 1`. */
  from: Seq
  to: Seq
  /** A long text takes several calls; the cursor moves with the last. From 1. */
  part: number
  parts: number
  lane: Lane
  /** The narrowest first. */
  budgets: readonly Budget[]
  /** What within the destination it goes to (a channel), where that has troubles of its own. */
  place?: string
  /** Epoch ms before which the call may not be made. */
  notBefore?: number
  /** The remote itself refuses a second effect of this very call, so it may be made again without waiting. */
  repeatable?: boolean
  /** What it tells of messages is what they were at this place of the log, edited or deleted by then. */
  asOf?: Seq
  /** What goes to the remote, the connector's own; stored as it is and never formed again. */
  body: unknown
}

/** A call as it was stored before it was made. `marker` is written into the remote object and finds it again. */
export interface FrozenCall extends NextCall {
  marker: string
  startedAt: number
  /** Epoch ms until which an earlier try of this very call may still have its effect. */
  uncertainUntil?: number
  /** What it said was erased: it is only looked for, never made again. */
  erased?: true
  /** It brings what was there before. */
  again?: true
}

/** A thread of a session at the remote, with what is recorded there as ours, oldest first. */
export interface Trace {
  session: SessionId
  thread: string
  remoteIds: readonly string[]
}

/** What one step of an erasure did. */
export interface EraseStep {
  /** Where the next step begins; null: nothing is left to do in this thread. */
  next: string | null
  /** Posts or comments that no longer say what they said. */
  wiped: number
  /** What the remote does not let us take away: why, and how many. */
  left?: Readonly<Record<string, number>>
}

/** What a call left at the remote. `remoteIds`: of the posts or comments that it made. */
export interface Receipt {
  remote: Remote
  /** The same ids that these objects have as an `InboxItem`, which is how an echo is known. */
  remoteIds: readonly string[]
}

export interface LinkView {
  session: SessionId
  /** Absent until something was brought. */
  inbox?: string
  remote: Remote
  cursor: Seq
  /** Calls already made for the event after the cursor. */
  partsDone: number
  /** What follows was there before and is missing: it is said once more, and changes nothing else. */
  again?: true
}

/** A post or comment of ours that is recorded, and which part of which events it carries. */
export interface Brought {
  remoteId: string
  /** Where it stands; older records do not say. */
  thread?: string
  marker: string
  from: Seq
  to: Seq
  part: number
  /** Older records do not say. */
  asOf?: Seq
  /** When it was recorded, epoch ms; older records do not say. */
  at?: number
}

/** What is recorded as brought of these events. */
export type BroughtOf = (from: Seq, to: Seq) => Promise<readonly Brought[]>

/** Reads the session's log before the cursor, for what tells the whole story (a transcript). */
export type ReadLog = (after: Seq, limit: number) => Promise<LogEvent[]>
