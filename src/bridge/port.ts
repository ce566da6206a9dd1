import type { SetStatus } from '../contract/agent.ts'
import type { TransferChat } from '../contract/assignment.ts'
import type { EventType, FileRef, LogEvent, Visitor } from '../contract/event.ts'
import type { AgentId, CannedId, EventKey, FileId, Seq, SessionId } from '../contract/ids.ts'
import type { Inbox } from '../contract/inbox.ts'

export type DestinationName = string

/** Where a file can be read without a token for a long while: what a remote is told of it in words. */
export type LinkTo = (file: FileRef) => string

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

/** What somebody sent along at the remote. */
export interface RemoteFile {
  name: string
  /** Throws `file_too_large` for more than `most` bytes, and `RemoteFailure`. */
  read(most: number): Promise<Uint8Array>
}

/** Somebody's picture at the remote. `address`: where it is, and another one for another picture. */
export interface RemotePicture {
  address: string
  /** Throws `file_too_large` for more than `most` bytes, and `RemoteFailure`. */
  read(most: number): Promise<Uint8Array>
}

/** Somebody who writes at the remote. */
export interface RemoteAuthor {
  id: string
  name: string
  /** Only where the remote vouches for it: an agent of ours with this email is who wrote. */
  email?: string
  picture?: RemotePicture
}

/** What somebody says at the remote. */
export interface Said {
  author: RemoteAuthor
  text: string
  files?: readonly RemoteFile[]
  /** For the team alone. */
  internal?: true
}

/** Something that a person did at the remote, or our own call seen from there. */
export type Arrival =
  | ({ kind: 'message'; key: EventKey } & Said)
  /** The message under `of` says this now; its files are for the case that it is not here. */
  | ({ kind: 'edit'; of: EventKey; key: EventKey } & Said)
  /** The message under `of` is gone for good. */
  | { kind: 'delete'; of: EventKey }
  /** What the team is to know of the thread, said by us: `rule`. It is brought there as well. */
  | { kind: 'note'; key: EventKey; rule: string; text: string }
  /** `marker`: which of our calls made it. Two remote ids under one marker are twins. */
  | { kind: 'own'; marker: string | null }
  /** `unheard`: whoever wrote it may think that the customer has it. */
  | { kind: 'pass'; reason: string; unheard?: Unheard }

/** Why the customer does not have what somebody wrote for them. `left`: it waits for them. */
export type Unheard = 'another organisation' | 'another app' | 'empty' | 'refused' | 'a file' | 'failed' | 'left'

/** What whoever wrote something is to see of it. */
export type Told = 'heard' | Unheard

/** A stored arrival, not yet understood. `order` sorts as text in the remote's order within its thread. */
export interface InboxItem {
  /** The remote's id of the object: unique for the destination, the same whether pushed or fetched. */
  id: string
  thread: string
  order: string
  raw: unknown
  /** The id of the item that it changes: its order is right behind that one's, and a later change comes after an earlier. */
  of?: string
  /** Of our own root, whose id is its thread's name: the chat that it was made for, which may have another by now. */
  session?: SessionId
}

/** What a look found. `more`: the thread goes on behind the last of these items. `stood`: where the answer tells. */
export interface Missed {
  items: InboxItem[]
  more: boolean
  stood?: Stood
}

/** The ids of all that stood in a thread behind the order `after` and up to `upTo`: what else was there is gone. */
export interface Stood {
  after: string
  upTo: string
  ids: readonly string[]
}

/** What receivers hand over before they answer the remote. */
export interface Arrivals {
  /** Stores items durably; returns when a crash can no longer lose them. */
  accept(destination: DestinationName, items: readonly InboxItem[]): Promise<void>
  /** Something happened in the thread: fetch it from the remote. Durable as well. */
  look(destination: DestinationName, thread: string): Promise<void>
}

export interface Destination {
  readonly name: DestinationName
  /** Events of other types leave no link behind. */
  readonly wants: ReadonlySet<EventType>
  /** As much of what it remembers of a thread as the thread's own name tells. */
  remoteIn(thread: string): Remote
  /** Where its users open a thread that the team is to know of. */
  urlOf?(thread: string): string
}

/** One remote system. Implemented in `src/connectors/<name>`; throws `RemoteFailure` and nothing else on purpose. */
export interface Connector extends Destination {
  /** Whether a page of events belongs in one call, and what that call is. `null`: nothing of it is for this remote. */
  next(link: LinkView, events: readonly LogEvent[], readLog: ReadLog, brought: BroughtOf): Promise<NextCall | null>
  /** Whether there is something to do in the thread although nothing is new; `next` is asked for it, with no events. */
  owes?(link: LinkView): Promise<boolean>
  /** Where threads are to be. When that has changed, the threads of open chats are looked at. */
  places?(): Promise<string>
  perform(call: FrozenCall, link: LinkView): Promise<Receipt>
  /** Looks for this very call at the remote; `null` when it is not there (yet). */
  find(call: FrozenCall, link: LinkView): Promise<Receipt | null>
  /** Which of these are still in their thread: their markers. None, when the thread is gone. */
  standing(thread: string, brought: readonly { marker: string; remoteId: string }[]): Promise<ReadonlySet<string>>
  /** Takes a late duplicate of ours out of sight. */
  removeTwin(thread: string, remoteId: string): Promise<void>
  /**
   * Takes the next thing in a thread out of sight for good: what is ours, and what people wrote as far as the remote lets
   * us. Repeating a step changes nothing. `from`: null to begin with. What is gone already is done.
   */
  erase(trace: Trace, from: string | null): Promise<EraseStep>
  /** What each step of `erase` takes. */
  readonly eraseBudgets: readonly Budget[]
  /** The body of a frozen call without what people wrote: as much of it as `find` needs. */
  blank(body: unknown): unknown
  /** What is in the thread after `order` (all of it for `null`), oldest first, in bounded pages. */
  missed(remote: Remote, after: string | null): Promise<Missed>
  /** The deletion of an object that does not stand in its thread any more. Null: it does, or nobody can tell. */
  gone?(item: Pick<InboxItem, 'id' | 'thread'>): Promise<InboxItem | null>
  /**
   * Threads in which something happened after `cursor`, by whomever; for `null`, lately. What was told before may be told
   * again.
   */
  changedSince?(cursor: string | null): Promise<{ threads: readonly string[]; next: string; more: boolean }>
  /** `inbox`: of the chat whose thread it is in. */
  understand(item: InboxItem, inbox?: string): Promise<Arrival>
  /**
   * Shows whoever wrote it whether the customer has it; `anew`: in place of what was shown before. May be repeated. Throws
   * what may pass; what the remote refuses for good is done. `raw` is null once it was erased.
   */
  told?(item: Pick<InboxItem, 'id' | 'of' | 'thread' | 'raw'>, told: Told, anew: boolean): Promise<void>
  /** What each `told` takes. */
  readonly toldBudget?: Budget
  /** What each `missed` and each `gone` takes. */
  readonly lookBudget?: Budget
  /** Its pushes carry what happened and are kept even before their thread is known: binding one needs no look. */
  readonly pushesContent?: boolean
}

/** Asked by connectors that bring files and not only links to them. */
export interface FileBytes {
  /** Null: it is not there any more. */
  of(file: FileId): Promise<Uint8Array | null>
}

/** Asked by connectors for a chat as a file: an HTML page of what its visitor may see, up to one place in it. */
export interface Transcripts {
  page(session: SessionId, upTo: Seq): Promise<Uint8Array>
}

/** A chat as it stands, for who answers it. */
export interface ChatNow {
  inbox: string
  status: 'queued' | 'active' | 'closed'
  visitor: Visitor
  /** Whose it is to answer. */
  assignee: string | null
  /** Who has answered or joined and not left. */
  answeredBy: readonly string[]
  waitingSince: Date | null
  rating: number | null
  /** Of the same visitor in the same inbox. */
  earlierChats: number
  ticket: { id: string; url: string | null } | null
}

/** Asked by connectors that show how a chat stands. */
export interface ChatFacts {
  /** Null: there is no such chat. */
  of(session: SessionId): Promise<ChatNow | null>
}

/** Asked by connectors for who an agent is elsewhere. */
export interface People {
  /** Null: there is no such agent. */
  emailOf(agent: AgentId): Promise<string | null>
}

/** An agent who is signed in here because a remote says who they are. `expiresAt` as ISO 8601. */
export interface SignedInThere {
  token: string
  expiresAt: string
  agent: { id: AgentId; name: string }
}

/** Asked by connectors whose remote shows a page of ours to its users. `by`: the remote, as sessions show it. */
export interface SignIns {
  /** Takes the remote's word for whose email it is. Null: nobody with that email may sign in. */
  vouchedFor(email: string, by: string): Promise<SignedInThere | null>
  /** The next token for one that ends or has ended lately, while its session lasts. Throws `unauthorized`. */
  renew(token: string, by: string): Promise<SignedInThere>
}

/** What an agent says from a remote. `origin`: the remote where it stands already, or `deskbridge` to have it brought there. */
export interface AgentSays {
  /** Blank beside files: they say it all. */
  text: string
  /** Said after the text, each under a key of its own. */
  files?: readonly RemoteFile[]
  internal: boolean
  key: EventKey
  origin: 'deskbridge' | DestinationName
}

/**
 * Asked by connectors whose remote lets agents act in chats: what the console does, with the agent's own rights. Each throws
 * the `DeskbridgeError` that a route would answer with; what an agent may not see is `not_found`.
 */
export interface Desk {
  /** The active agent with this email, for which the remote vouches. Null: nobody has it. */
  agentWith(email: string): Promise<AgentId | null>
  /** Whether the chat is there for the agent; throws otherwise. */
  mayAct(by: AgentId, session: SessionId): Promise<void>
  take(by: AgentId, session: SessionId): Promise<void>
  release(by: AgentId, session: SessionId): Promise<void>
  transfer(by: AgentId, session: SessionId, to: TransferChat): Promise<void>
  close(by: AgentId, session: SessionId): Promise<void>
  reopen(by: AgentId, session: SessionId): Promise<void>
  requestTicket(by: AgentId, session: SessionId): Promise<void>
  /** Idempotent by its key. If one of its files is refused, nothing is said; throws `file_…`, and what `read` throws. */
  say(by: AgentId, session: SessionId, said: AgentSays): Promise<void>
  /** Whether something stands under a key, and who reads it. */
  saidUnder(by: AgentId, session: SessionId, key: EventKey): Promise<'nothing' | 'to the team' | 'to the customer'>
  /** Responses that can be used in the chat, found by their words; the first of them by name. */
  findCanned(by: AgentId, session: SessionId, words: string): Promise<{ id: CannedId; name: string }[]>
  renderCanned(by: AgentId, session: SessionId, id: CannedId): Promise<string>
  /** Who could get the chat. */
  receivers(by: AgentId, session: SessionId): Promise<Receivers>
  setStatus(by: AgentId, status: SetStatus['status']): Promise<void>
  /** The open chats that are theirs. */
  chatsOf(by: AgentId): Promise<{ session: SessionId; visitor: string | null }[]>
  /** Agents who were writing an answer just now, as far as it is known. */
  typing(session: SessionId): Promise<{ id: AgentId; name: string }[]>
}

export interface Receivers {
  agents: { id: AgentId; name: string; status: SetStatus['status'] }[]
  teams: string[]
}

/** Asked by connectors for which chat a thread is of, and where a chat's thread is. */
export interface Threads {
  /** Null: of none. */
  sessionOf(destination: DestinationName, thread: string): Promise<SessionId | null>
  /** Null: it has none there. */
  threadOf(destination: DestinationName, session: SessionId): Promise<string | null>
}

/** What an inbox wants of its side at the remotes. */
export type RemoteSettings = Pick<Inbox, 'key' | 'name' | 'hours' | 'slack' | 'zendesk'>

/** Asked by connectors when they form a call, which then holds the answer for good. */
export interface InboxSettings {
  /** Null: there is no such inbox. */
  find(key: string): Promise<RemoteSettings | null>
  list(): Promise<readonly RemoteSettings[]>
}

/** Where a chat goes on, as its link then remembers it. */
export interface Move {
  remote: Remote
  /** If another chat has that thread. */
  otherwise?: Remote
  /** People could write in the thread until just now: it is read to its end before it is left. */
  readFirst?: true
  /** Its readers do not see the thread that is left: what people wrote there and the cursor has not passed is brought as well. */
  unseen?: true
}

/** What happened to a call, said by the connector; the outcomes table says what follows. */
export type Failure =
  /** It had no effect; try again later. */
  | { kind: 'transient' }
  /** It had no effect; the limit `scope` is used up for `afterMs`. */
  | { kind: 'limited'; scope: 'link' | 'destination'; afterMs: number }
  /** It may have had an effect: look before anything else. */
  | { kind: 'ambiguous' }
  /** It had no effect and cannot have one as it is: form it again elsewhere. */
  | ({ kind: 'repair' } & Move)
  /** Nobody can call until an administrator acts (revoked token, archived channel). `scope`: others are not concerned. */
  | { kind: 'halted'; scope?: 'link' }
  /** The remote refuses this content for good. */
  | { kind: 'refused' }

export class RemoteFailure extends Error {
  readonly failure: Failure
  /** The remote's own word for it, where it has one. */
  readonly code: string | undefined

  constructor(failure: Failure, message: string, options: { cause?: unknown; code?: string } = {}) {
    super(message, { cause: options.cause })
    this.code = options.code
    this.name = 'RemoteFailure'
    this.failure = failure
  }
}
