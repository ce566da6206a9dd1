import type { Actor } from '../contract/event.ts'
import type { EventKey, SessionId } from '../contract/ids.ts'
import type { DestinationName } from './port.ts'

/** What arrives from a remote acts through this; chat implements it with the same use cases that its routes call. */
export interface Conversation {
  /** Idempotent by `key`. Throws `invalid_input`, `message_too_long`, `not_found`, `key_conflict` for good; `unavailable` to be repeated. */
  post(message: {
    session: SessionId
    key: EventKey
    actor: Actor
    text: string
    origin: DestinationName
  }): Promise<void>
}
