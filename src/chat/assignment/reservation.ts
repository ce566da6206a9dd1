import type { AgentId, Seq, SessionId } from '../../contract/ids.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/**
 * A place in an agent's capacity, taken before the event that gives them the chat. `after` is the chat's last change of
 * hands when it was taken: only the very next change can confirm it, so that once it is dead it is dead for good, and
 * anybody may remove it at any time.
 */
export interface Reservation {
  session: SessionId
  after: Seq
  at: Date
}

/** What the chat's log says of a place: confirmed, not decided yet, or of no use any more. */
export function standing(
  { after }: Pick<Reservation, 'after'>,
  agent: AgentId,
  state: Pick<SessionSummary, 'hands' | 'assignee'> | undefined,
): 'held' | 'pending' | 'dead' {
  if (!state) return 'dead'
  if (state.assignee?.id === agent && state.assignee.after === after) return 'held'
  return state.hands <= after ? 'pending' : 'dead'
}
