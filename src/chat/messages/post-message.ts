import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, FileRef, LogEvent, Origin } from '../../contract/event.ts'
import { messageTypeOf } from '../../contract/file-text.ts'
import type { EventKey, SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { checkContent } from './content.ts'

export interface NewMessage {
  session: SessionId
  key: EventKey
  actor: Actor
  /** Beside a file, its caption or nothing. */
  content: string
  file?: FileRef
  internal: boolean
  origin: Origin
}

/**
 * Idempotent by `key`. Throws `invalid_input`, `message_too_long`, `forbidden`, `not_found`, `key_conflict`, and
 * `session_closed` when it comes too late to reopen a closed chat, or from a bot, which reopens none. `refusal`: what stands against it besides.
 */
export async function postMessage(
  deps: Pick<ChatDeps, 'log' | 'limits' | 'now'>,
  message: NewMessage,
  refusal: (state: SessionSummary) => DeskbridgeError | null = () => null,
): Promise<LogEvent> {
  const { session, key } = message
  const content = checkMessage(deps, message)
  const reopensUntil = deps.now() - deps.limits.reopenWithin
  const { event } = await deps.log.append({
    session,
    key,
    decide: (state) => {
      const refuse = state && refusal(state)
      return refuse ? { refuse } : decidePost(state, { ...message, content }, reopensUntil)
    },
  })
  return event
}

/** Its content as it is to be stored. */
export function checkMessage(deps: Pick<ChatDeps, 'limits'>, { content, file, internal, actor }: NewMessage): string {
  const checked = checkContent(content, deps.limits.maxMessageSize, file !== undefined)
  if (internal && actor.kind === 'visitor') throw new DeskbridgeError('forbidden')
  return checked
}

function decidePost(state: SessionSummary | undefined, message: NewMessage, reopensUntil: number): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  const { origin, content, internal, file } = message
  const actor = message.actor.kind === 'visitor' ? visitorNow(state) : message.actor
  // Said on the way to becoming a known customer: sent again, it comes from whoever that is, or from nobody any more.
  if (message.actor.kind === 'visitor' && message.actor.id !== state.visitor.id)
    return { refuse: new DeskbridgeError('unavailable') }
  const closedAt = state.status === 'closed' ? state.closedAt : null
  if (actor.kind === 'visitor' && closedAt !== null && closedAt.getTime() < reopensUntil)
    return { refuse: new DeskbridgeError('session_closed') }
  if (actor.kind === 'bot' && !internal && state.status === 'closed')
    return { refuse: new DeskbridgeError('session_closed') }
  const messageType = file ? messageTypeOf(file) : actor.kind === 'system' ? 'system' : 'text'
  return {
    append: { type: 'message', actor, origin, body: { messageType, content, internal, ...(file && { file }) } },
  }
}

/** Under the name that they go by now, whatever their token says. */
const visitorNow = ({ visitor: { id, name } }: SessionSummary): Actor => ({
  kind: 'visitor',
  id,
  ...(name && { name }),
})
