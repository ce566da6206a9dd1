import type { Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { handOver } from './hand-over.ts'
import type { Places } from './places.ts'
import { type SettleDeps, settlePlaces } from './settle-places.ts'
import { takePlace } from './take-place.ts'

export interface HandDeps extends SettleDeps {
  log: Log<SessionSummary>
  places: Places
}

/** An agent who acts, and what their role lets them do. */
export type Hand = Pick<Extract<Identity, { kind: 'agent' }>, 'kind' | 'id' | 'name' | 'role'>

/** A supervisor gives and takes the chats of others, also past a capacity. */
export const mayOverride = ({ role }: Hand): boolean => role !== 'agent'

/**
 * Makes the chat the agent's own; asking again answers the same. Throws `not_found`, `session_closed`, `agent_offline`,
 * `agent_full`, and `already_assigned` for what is another's, unless a supervisor takes it over.
 */
export async function takeChat(deps: HandDeps, session: SessionId, hand: Hand): Promise<{ seq: Seq }> {
  for (;;) {
    const state = await openSession(deps, session)
    if (state.status === 'closed') throw new DeskbridgeError('session_closed')
    if (state.assignee?.id === hand.id) return { seq: state.hands }
    if (state.assignee && !mayOverride(hand)) throw new DeskbridgeError('already_assigned')
    const chat = { session, after: state.hands }
    if (!(await takePlace(deps, hand.id, chat, mayOverride(hand)))) continue
    const { kind, id, name } = hand
    const body = { agent: { id, name }, reason: 'taken' } as const
    const taken = await handOver(deps, chat, {
      type: 'assigned',
      actor: { kind, id, name },
      origin: 'deskbridge',
      body,
    })
    if (taken) return taken
    await settlePlaces(deps, session)
  }
}
