import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/**
 * Has the chat become a ticket, if it is none yet. One request for each stretch up to a closing: whoever asks again is
 * answered with the one that is there. Throws `not_found`.
 */
export async function requestTicket(deps: Pick<ChatDeps, 'log'>, session: SessionId, by: Actor): Promise<{ seq: Seq }> {
  const now = await openSession(deps, session)
  if (now.ticketRequested !== null) return { seq: now.ticketRequested }
  const key = EventKey.parse(`auto:ticket:${now.closedSeq ?? 0}`)
  try {
    const { event } = await deps.log.append({ session, key, decide: (state) => decide(state, by) })
    return { seq: event.seq }
  } catch (error) {
    const wasFaster =
      error instanceof DeskbridgeError && (error.code === 'already_exists' || error.code === 'key_conflict')
    if (!wasFaster) throw error
    return { seq: (await openSession(deps, session)).ticketRequested ?? now.seq }
  }
}

function decide(state: SessionSummary | undefined, by: Actor): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  if (state.ticketRequested !== null) return { refuse: new DeskbridgeError('already_exists') }
  return { append: { type: 'ticket_requested', actor: by, origin: 'deskbridge', body: {} } }
}
