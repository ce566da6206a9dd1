import type { Actor } from '../contract/event.ts'
import type { EventKey, SessionId } from '../contract/ids.ts'
import type { RemoteAuthor } from './port/arrival.ts'
import type { DestinationName } from './port/connector.ts'

export type { RemoteAuthor, RemotePicture } from './port/arrival.ts'
export type { Desk, Receivers } from './port/desk.ts'

interface Arrived {
  session: SessionId
  key: EventKey
  actor: Actor
  origin: DestinationName
}

/** A message that arrived before. */
interface Before {
  session: SessionId
  of: EventKey
  origin: DestinationName
}

/** `left`: whoever reads the chat has left it, and nothing of it is mailed to them. */
export type Reach = 'reached' | 'left' | 'unknown'

/** What arrives from a remote acts through this; chat implements it with the same use cases that its routes call. */
export interface Conversation {
  /** Who it is to the chat that writes at a remote. Waits for a picture for a moment only, and does without one. */
  whoIs(author: RemoteAuthor, where: { session: SessionId; system: DestinationName }): Promise<Actor>
  /** Idempotent by `key`. Throws `invalid_input`, `message_too_long`, `not_found`, `key_conflict` for good; `unavailable` to be repeated. */
  post(message: Arrived & { text: string; internal?: boolean }): Promise<void>
  /** The same with a file, which is not read again once the message is there. Throws `file_…` for good as well. */
  postFile(
    message: Arrived & { internal?: boolean; name: string; read(most: number): Promise<Uint8Array> },
  ): Promise<void>
  /** Tells the team in which ticket the chat stands. Idempotent by `key`. */
  linkTicket(ticket: Pick<Arrived, 'session' | 'key' | 'origin'> & { id: string; url: string }): Promise<void>
  /** What has become of the message under a key; null: there is none. */
  standing(session: SessionId, key: EventKey): Promise<{ internal: boolean; deleted: boolean } | null>
  /** Replaces the text of a message that is there. Throws as `post`, and `message_deleted`. */
  revise(message: Before & { text: string }): Promise<void>
  /** Whether what is said in the chat now comes to its visitor by themself. */
  reach(session: SessionId): Promise<Reach>
  /** Takes a message that is there out of every view for good. Repeating it changes nothing. */
  remove(message: Before): Promise<void>
}
