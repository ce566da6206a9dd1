import type { DeskbridgeError } from '../contract/errors.ts'
import type { EventDraft, LogEvent } from '../contract/event.ts'
import type { EventKey, Seq, SessionId } from '../contract/ids.ts'

/** What a use case answers when asked what to append, given the session's state at the tail. */
export type Decision = { append: EventDraft } | { refuse: DeskbridgeError }

export interface AppendRequest<State> {
  session: SessionId
  /** Asked again on each new tail, so it must be pure. `undefined`: the session has no event yet. */
  decide(state: State | undefined): Decision
  key: EventKey
}

export interface Appended {
  event: LogEvent
  /** True when the key had been appended before with the same content. */
  repeated: boolean
}

/** How a session's events make up the state that decisions are taken on. */
export interface Fold<State> {
  /** Changes with the state's shape or meaning: what was stored under another version is made again from the log. */
  version: number
  /** Pure. */
  apply(state: State | undefined, event: LogEvent): State
}

/** The append-only logs of all sessions. */
export interface Log<State> {
  /**
   * Resolves once the event is majority- and journal-committed.
   * Throws what `decide` refuses, `key_conflict`, or `unavailable` (then the outcome is unknown: repeat with the same key).
   */
  append(request: AppendRequest<State>): Promise<Appended>
  /** Committed events with `after < seq <= after + limit` (200 at most), contiguous, oldest first. */
  read(session: SessionId, after: Seq, limit?: number): Promise<LogEvent[]>
  /** The event under a key, once it is committed. */
  find(session: SessionId, key: EventKey): Promise<LogEvent | null>
  /** The state at the committed tail, or `undefined` for an unknown session. */
  state(session: SessionId): Promise<State | undefined>
  /** Called once after each commit by this process, in `seq` order for a session, with the state after it where that is at hand. */
  onCommitted(listener: (event: LogEvent, state?: State) => void): void
  /** Makes summaries of another version again, until none is left or `signal` says stop. */
  remakeStale(signal: AbortSignal): Promise<void>
  /**
   * Takes what was said up to `upTo` out of the events themselves and brings the projections past it. For a log whose
   * `erased` event is committed; to be repeated until it returns. Answers how many events it changed.
   */
  redact(session: SessionId, upTo: Seq): Promise<number>
  /** Forgets what is in memory if a repair found stored states wrong since it was last asked. To be called every so often. */
  heedRepairs(): Promise<void>
  /** Makes the projections of what was committed since then catch up, where a process ended before it got to it; answers of how many sessions. */
  projectRecent(since: Date): Promise<number>
  /** Waits until what was committed here is in the projections. */
  projected(): Promise<void>
}
