import type { Actor } from '../contract/event.ts'
import type { EventKey, SessionId } from '../contract/ids.ts'
import type { DestinationName, RemoteAuthor } from './port.ts'

export type { Desk, Receivers, RemoteAuthor, RemotePicture } from './port.ts'

interface Arrived {
  session: SessionId
  key: EventKey
  actor: Actor
  origin: DestinationName
}

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
}
