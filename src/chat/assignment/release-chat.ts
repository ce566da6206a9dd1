import { DeskbridgeError } from '../../contract/errors.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { openSession } from '../sessions/open-session.ts'
import { handOver } from './hand-over.ts'
import { type Hand, type HandDeps, mayOverride } from './take-chat.ts'

/** Gives the agent's own chat back to the queue; a supervisor any. Throws `not_found`, `not_assigned`. */
export async function releaseChat(deps: Pick<HandDeps, 'log'>, session: SessionId, hand: Hand): Promise<{ seq: Seq }> {
  for (;;) {
    const { assignee, lastAssignee, status, hands } = await openSession(deps, session)
    if (!assignee && status === 'queued' && lastAssignee === hand.id) return { seq: hands }
    if (!assignee || (assignee.id !== hand.id && !mayOverride(hand))) throw new DeskbridgeError('not_assigned')
    const { kind, id, name } = hand
    const body = { agent: { id: assignee.id, name: assignee.name }, reason: 'released' } as const
    const actor = { kind, id, name }
    const given = await handOver(
      deps,
      { session, after: hands },
      { type: 'unassigned', actor, origin: 'deskbridge', body },
    )
    if (given) return given
  }
}
