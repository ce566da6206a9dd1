import type { AgentId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Log } from '../../log/log.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { handOver } from './hand-over.ts'
import type { Places } from './places.ts'
import { type Member, rankAgents } from './rank-agents.ts'
import { type SettleDeps, settlePlaces } from './settle-places.ts'

export interface AssignDeps extends SettleDeps {
  log: Pick<Log<SessionSummary>, 'append' | 'state'>
  places: Places
  /** A place that is still not confirmed after this was left by a process that ended. ms */
  confirmWithin: number
  now(): number
}

/** The team as one pass over the queue sees it. What the pass finds out about a member is kept in it. */
export type Team = Map<AgentId, Member>

const by = { kind: 'system', rule: 'routing' } as const

/**
 * Gives a waiting chat to the best who has room: first a place in their capacity, then the event that confirms it. A place
 * that another process took for it is left to that process for a while and then confirmed here, which does no harm if it
 * still tries. Answers whether somebody sees to the chat.
 */
export async function assignChat(
  deps: AssignDeps,
  assignment: Inbox['assignment'],
  team: Team,
  state: SessionSummary,
  last: AgentId | null,
): Promise<boolean> {
  const chat = { session: state.id, after: state.hands }
  for (;;) {
    const begun = [...team.values()].find((member) => member.status === 'online' && placeFor(member, state))
    if (begun && !isLate(deps, begun, state)) return true
    const best = begun ?? rankAgents(assignment, [...team.values()], state, last)[0]
    if (!best) return false
    const taken = begun ?? (await deps.places.take(best._id, chat, { kind: 'routing', seen: best }))
    if (!taken) {
      await lookAgain(deps, team, best._id)
      continue
    }
    team.set(taken._id, taken)
    const reason = assignment.lastAgentFirst && taken._id === last ? 'last_agent' : 'routing'
    const agent = { id: taken._id, name: taken.name }
    const given = await handOver(deps, chat, {
      type: 'assigned',
      actor: by,
      origin: 'deskbridge',
      body: { agent, reason },
    })
    if (!given) {
      await settlePlaces(deps, state.id)
      await lookAgain(deps, team, taken._id)
    }
    return true
  }
}

const placeFor = ({ reserved }: Member, { id, hands }: SessionSummary) =>
  reserved.find(({ session, after }) => session === id && after === hands)

const isLate = ({ now, confirmWithin }: AssignDeps, member: Member, state: SessionSummary): boolean =>
  (placeFor(member, state)?.at.getTime() ?? 0) < now() - confirmWithin

async function lookAgain({ places }: AssignDeps, team: Team, id: AgentId): Promise<void> {
  const member = await places.member(id)
  if (member) team.set(id, member)
  else team.delete(id)
}
