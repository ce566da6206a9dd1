import { DeskbridgeError } from '../../contract/errors.ts'
import { type EventId, EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { participantOf, type SessionSummary } from '../sessions/summary.ts'
import type { MessageStore } from './message-store.ts'

type Participant = Extract<Caller, { kind: 'visitor' | 'agent' }>
type Mark = 'message_read' | 'message_delivered'
type Deps = Pick<ChatDeps, 'log'> & { messages: MessageStore }

/** Moves the caller's watermark to a message; backwards it does not go. */
export const markRead = (deps: Deps, session: SessionId, message: EventId, by: Participant): Promise<void> =>
  mark(deps, 'message_read', session, message, by)

/** The message has reached a device of the caller's. */
export const markDelivered = (deps: Deps, session: SessionId, message: EventId, by: Participant): Promise<void> =>
  mark(deps, 'message_delivered', session, message, by)

async function mark(deps: Deps, type: Mark, session: SessionId, messageId: EventId, by: Participant): Promise<void> {
  const message = await deps.messages.get(session, messageId)
  const isHidden = message?.event.body.internal === true && by.kind === 'visitor'
  if (!message || isHidden) throw new DeskbridgeError('not_found')
  const upTo = message.event.seq
  const key = EventKey.parse(`auto:${type}:${by.id}:${upTo}`)
  await deps.log
    .append({ session, key, decide: (state) => decideMark(state, type, by, upTo) })
    .catch((error: unknown) => {
      if (!(error instanceof DeskbridgeError && error.code === 'already_exists')) throw error
    })
}

function decideMark(state: SessionSummary | undefined, type: Mark, by: Participant, upTo: Seq): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  const participant = participantOf({ actor: by })
  const read = state.readUpTo[participant] ?? 0
  const known = type === 'message_read' ? read : Math.max(read, state.deliveredUpTo[participant] ?? 0)
  if (known >= upTo) return { refuse: new DeskbridgeError('already_exists') }
  return { append: { type, actor: by, origin: 'deskbridge', body: { upTo } } }
}
