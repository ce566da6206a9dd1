import { DeskbridgeError } from '../../contract/errors.ts'
import { type EventId, EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { MessageStore } from './project-messages.ts'

type Participant = Extract<Caller, { kind: 'visitor' | 'agent' }>

/** Moves the caller's watermark to a message; backwards it does not go. */
export async function markRead(
  deps: Pick<ChatDeps, 'log'> & { messages: MessageStore },
  session: SessionId,
  messageId: EventId,
  by: Participant,
): Promise<void> {
  const upTo = await deps.messages.seqOf(session, messageId)
  if (upTo === null) throw new DeskbridgeError('not_found')
  await deps.log
    .append({
      session,
      key: EventKey.parse(`auto:read:${by.id}:${upTo}`),
      decide: (state) => decideRead(state, by, upTo),
    })
    .catch((error: unknown) => {
      if (!(error instanceof DeskbridgeError && error.code === 'already_exists')) throw error
    })
}

function decideRead(state: SessionSummary | undefined, by: Participant, upTo: Seq): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  if ((state.readUpTo[by.id] ?? 0) >= upTo) return { refuse: new DeskbridgeError('already_exists') }
  return { append: { type: 'message_read', actor: by, origin: 'deskbridge', body: { upTo } } }
}
