import type { TransferChat } from '../../contract/assignment.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventOf } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { handOver } from './hand-over.ts'
import { settlePlaces } from './settle-places.ts'
import { type Hand, type HandDeps, mayOverride } from './take-chat.ts'
import { takePlace } from './take-place.ts'

/**
 * Hands a chat on: to an agent, who has a place for it before they get it, or into the queue of a team. Open to whoever
 * has the chat, to anybody while nobody has it, and to supervisors. Throws `not_found`, `invalid_input`, `session_closed`,
 * `already_assigned`, `agent_offline`, `agent_full`.
 */
export async function transferChat(
  deps: HandDeps,
  session: SessionId,
  { to, note }: TransferChat,
  hand: Hand,
): Promise<{ seq: Seq }> {
  for (;;) {
    const state = await openSession(deps, session)
    if (state.status === 'closed') throw new DeskbridgeError('session_closed')
    if ('agent' in to && state.assignee?.id === to.agent) return { seq: state.hands }
    if (state.assignee && state.assignee.id !== hand.id && !mayOverride(hand))
      throw new DeskbridgeError('already_assigned')
    const chat = { session, after: state.hands }
    const target = await targetOf(deps, state, to)
    if (target.kind === 'agent' && !(await takePlace(deps, target.agent.id, chat, mayOverride(hand)))) continue
    const { kind, id, name } = hand
    const body = { to: target, ...(note && { note }) }
    const actor = { kind, id, name }
    const moved = await handOver(deps, chat, { type: 'transferred', actor, origin: 'deskbridge', body })
    if (moved) return moved
    await settlePlaces(deps, session)
  }
}

type Target = EventOf<'transferred'>['body']['to']

/** An agent who may see the chat, or a team that has members. */
async function targetOf(
  { places }: Pick<HandDeps, 'places'>,
  { inbox }: SessionSummary,
  to: TransferChat['to'],
): Promise<Target> {
  if ('team' in to) {
    const has = (await places.team()).some(({ teams }) => teams.includes(to.team))
    if (!has) throw wrongTarget('to.team', 'nobody is in this team')
    return { kind: 'team', team: to.team }
  }
  const member = await places.member(to.agent)
  if (!member) throw new DeskbridgeError('not_found')
  if (member.inboxes.length > 0 && !member.inboxes.includes(inbox))
    throw wrongTarget('to.agent', 'does not see this inbox')
  return { kind: 'agent', agent: { id: member._id, name: member.name } }
}

const wrongTarget = (path: string, problem: string) =>
  new DeskbridgeError('invalid_input', { details: [{ path, problem }] })
