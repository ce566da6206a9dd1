import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatNow } from './chat-now.ts'
import { publicActor } from './public-actor.ts'

export const at = (event: LogEvent) => ({ timestamp: event.at.toISOString() })

export const by = (event: LogEvent) => ({ by: publicActor(event.actor) })

/** Where in which chat it happened. */
export const placeOf = (event: LogEvent, { epoch, inbox }: ChatNow) => ({
  eventId: event._id,
  version: 1 as const,
  sessionId: event.session,
  seq: event.seq,
  epoch,
  inbox: { key: inbox.key, name: inbox.name },
  ...(event.erased && { erased: event.erased }),
})

/** `path`: below the chat's own, where all of it stands. */
export const cutShort = (isCut: boolean, publicUrl: string, session: SessionId, path = '') =>
  isCut && {
    truncated: true as const,
    fullUrl: `${publicUrl.replace(/\/$/, '')}/api/chat/sessions/${session}${path}`,
  }
