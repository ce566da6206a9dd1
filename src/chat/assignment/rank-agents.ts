import type { AgentId, SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Agent } from '../agents/agents.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** What routing knows of somebody who answers. */
export type Member = Pick<
  Agent,
  '_id' | 'name' | 'status' | 'capacity' | 'skills' | 'teams' | 'inboxes' | 'priority' | 'reserved' | 'routed'
>

/** What routing asks of a chat. */
export type RoutedChat = Pick<SessionSummary, 'id' | 'inbox' | 'team' | 'tags' | 'passedBy'>

type Assignment = Inbox['assignment']

/** Who may be given the chat now, the best first. `last`: whoever had its visitor last. */
export function rankAgents(
  assignment: Assignment,
  team: readonly Member[],
  chat: RoutedChat,
  last: AgentId | null,
): Member[] {
  if (assignment.strategy === 'manual') return []
  const able = ableTo(assignment, team, chat)
  const fresh = able.filter(({ _id }) => !chat.passedBy.includes(_id))
  const free = (fresh.length > 0 ? fresh : able).filter((member) => hasRoom(member) && !isAt(member, chat.id))
  const ranked = free.toSorted((a, b) => orders[assignment.strategy](a, b) || byTurn(a, b))
  const known = assignment.lastAgentFirst && ranked.find(({ _id }) => _id === last)
  return known ? [known, ...ranked.filter((member) => member !== known)] : ranked
}

/** Who is there and could answer it, had they room. */
export function ableTo(assignment: Assignment, team: readonly Member[], chat: RoutedChat): Member[] {
  const skills = assignment.strategy === 'skill_based' ? neededSkills(assignment, team, chat) : []
  return team.filter(
    (member) =>
      member.status === 'online' &&
      member.capacity > 0 &&
      (member.inboxes.length === 0 || member.inboxes.includes(chat.inbox)) &&
      (chat.team === null || member.teams.includes(chat.team)) &&
      skills.every((skill) => member.skills.includes(skill)),
  )
}

/** A chat's tag asks for a skill when somebody has it, whether they are there or not. */
function neededSkills({ skills }: Assignment, team: readonly Member[], { tags }: RoutedChat): string[] {
  const known = new Set(team.flatMap((member) => member.skills))
  return [...skills, ...tags.filter((tag) => known.has(tag))]
}

export const hasRoom = ({ reserved, capacity }: Pick<Member, 'reserved' | 'capacity'>): boolean =>
  reserved.length < capacity

const isAt = ({ reserved }: Member, session: SessionId): boolean => reserved.some((place) => place.session === session)

type Order = (a: Member, b: Member) => number

/** The share of the capacity that is taken, compared without a rounding. */
const byLoad: Order = (a, b) => a.reserved.length * b.capacity - b.reserved.length * a.capacity

/** Whoever has gone longest without a new chat. */
const byTurn: Order = (a, b) =>
  (a.routed?.at.getTime() ?? 0) - (b.routed?.at.getTime() ?? 0) || (a._id < b._id ? -1 : 1)

const orders: Record<Assignment['strategy'], Order> = {
  round_robin: () => 0,
  least_busy: byLoad,
  skill_based: byLoad,
  priority: (a, b) => b.priority - a.priority || byLoad(a, b),
  manual: () => 0,
}
