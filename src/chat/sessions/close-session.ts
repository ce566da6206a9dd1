import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, EventDraft, EventOf } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from './open-session.ts'
import type { SessionSummary } from './summary.ts'

/**
 * Ends the chat until somebody writes again. Closing a closed chat answers with the closing that is there. `once`: the key of
 * a request that closes once, even if the chat was opened again since.
 */
export async function closeSession(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  by: Caller,
  once?: EventKey,
): Promise<{ seq: Seq }> {
  const now = await openSession(deps, session)
  const before = once === undefined ? null : await deps.log.find(session, once)
  if (before) return { seq: before.seq }
  if (now.status === 'closed' && now.closedSeq !== null) return { seq: now.closedSeq }
  const key = once ?? closingKey(now.closedSeq)
  try {
    const { event } = await deps.log.append({ session, key, decide: (state) => decideClose(state, by) })
    return { seq: event.seq }
  } catch (error) {
    const wasFaster =
      error instanceof DeskbridgeError && (error.code === 'session_closed' || error.code === 'key_conflict')
    if (!wasFaster) throw error
    return { seq: (await openSession(deps, session)).closedSeq ?? now.seq }
  }
}

function decideClose(state: SessionSummary | undefined, by: Caller): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  if (state.status === 'closed') return { refuse: new DeskbridgeError('session_closed') }
  return { append: closing(state, by, by.kind) }
}

/** Each closing is a resolution of its own, with a name that says which of the chat's it is. */
export const closing = (
  state: Pick<SessionSummary, 'id' | 'closedSeq'>,
  actor: Actor,
  reason: EventOf<'session_closed'>['body']['reason'],
): EventDraft => ({
  type: 'session_closed',
  actor,
  origin: 'deskbridge',
  body: { resolution: resolutionAfter(state), reason },
})

/** One key for each stretch of the chat, so that two who close at once make one event. */
export const closingKey = (closedSeq: Seq | null): EventKey => EventKey.parse(`auto:close:${closedSeq ?? 0}`)

const resolutionAfter = ({ id, closedSeq }: Pick<SessionSummary, 'id' | 'closedSeq'>) =>
  `res_${id.slice('ses_'.length)}_${closedSeq ?? 0}`
