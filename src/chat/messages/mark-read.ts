import { DeskbridgeError } from '../../contract/errors.ts'
import { type EventId, EventKey, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import type { MessageStore } from './project-messages.ts'

/** Moves the caller's watermark to a message; backwards it does not go. */
export async function markRead(
  deps: Pick<ChatDeps, 'log'> & { messages: MessageStore },
  session: SessionId,
  messageId: EventId,
  by: Extract<Caller, { kind: 'visitor' | 'agent' }>,
): Promise<void> {
  const upTo = await deps.messages.seqOf(session, messageId)
  if (upTo === null) throw new DeskbridgeError('not_found')
  const state = await deps.log.state(session)
  if ((state?.readUpTo[by.id] ?? 0) >= upTo) return
  await deps.log.append({
    session,
    key: EventKey.parse(`auto:read:${by.id}:${upTo}`),
    decide: (known) =>
      known
        ? { append: { type: 'message_read', actor: by, origin: 'deskbridge', body: { upTo } } }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
