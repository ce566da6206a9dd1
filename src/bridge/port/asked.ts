import type { FileRef, Visitor } from '../../contract/event.ts'
import type { AgentId, FileId, Seq, SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'

/** Where a file can be read without a token for a long while: what a remote is told of it in words. */
export type LinkTo = (file: FileRef) => string

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

/** What an inbox wants of its side at the remotes. */
export type RemoteSettings = Pick<Inbox, 'key' | 'name' | 'hours' | 'slack' | 'zendesk'>

/** Asked by connectors when they form a call, which then holds the answer for good. */
export interface InboxSettings {
  /** Null: there is no such inbox. */
  find(key: string): Promise<RemoteSettings | null>
  list(): Promise<readonly RemoteSettings[]>
}
