import type { EventKey, SessionId } from '../../contract/ids.ts'
import type { DestinationName } from './connector.ts'

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
  /** Its author says so in it. */
  marked?: true
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
