import { MessageContent } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, LogEvent, Origin } from '../../contract/event.ts'
import { type ClientMessageId, EventKey, type SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'

export interface NewMessage {
  session: SessionId
  key: EventKey
  actor: Actor
  content: string
  internal: boolean
  origin: Origin
}

/** Namespaced by the participant: nobody can guess or take another's. */
export const messageKey = (actor: Extract<Actor, { id: string }>, id: ClientMessageId): EventKey =>
  EventKey.parse(`c:${actor.id}:${id}`)

/** Idempotent by `key`. Throws `invalid_input`, `message_too_long`, `forbidden`, `not_found`, `key_conflict`. */
export async function postMessage(deps: Pick<ChatDeps, 'log'>, message: NewMessage): Promise<LogEvent> {
  const { session, key } = message
  // Half a character cannot be stored, and what is read back must equal what a retry sends.
  const content = message.content.toWellFormed()
  checkContent(content)
  if (message.internal && message.actor.kind === 'visitor') throw new DeskbridgeError('forbidden')
  const { event } = await deps.log.append({
    session,
    key,
    decide: (state) => decidePost(state, { ...message, content }),
  })
  return event
}

/** Every way in meets the same limit, not only the ones that parse a request. */
function checkContent(content: string): void {
  const parsed = MessageContent.safeParse(content)
  if (parsed.success) return
  const tooLong = parsed.error.issues.some((issue) => issue.message === 'message_too_long')
  throw new DeskbridgeError(tooLong ? 'message_too_long' : 'invalid_input', { details: { field: 'content' } })
}

function decidePost(state: SessionSummary | undefined, { actor, origin, content, internal }: NewMessage) {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  const body = { messageType: 'text' as const, content, internal }
  return { append: { type: 'message' as const, actor, origin, body } }
}
