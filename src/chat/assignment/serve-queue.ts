import type { Connection } from 'mongoose'
import type { AgentId, SessionId, VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type AssignDeps, assignChat, type Team } from './assign-chat.ts'
import { hasRoom, rankAgents } from './rank-agents.ts'
import type { WaitingChats } from './waiting-chats.ts'

export interface ServeDeps extends AssignDeps {
  connection: Connection
  inboxes: Pick<Inboxes, 'list'>
  waiting: Pick<WaitingChats, 'oldestFirst'>
}

/** Chats given in one pass; then the queue and the team are looked at afresh. */
const most = 20

/**
 * Goes through the queue from its oldest chat on for as long as somebody has room. The team is looked at once: whoever is
 * found to be full stays full for the pass, so that no chat is given what an older one was refused. Answers whether there
 * may be more to give.
 */
export async function serveQueue(deps: ServeDeps): Promise<boolean> {
  const team: Team = new Map((await deps.places.team()).map((member) => [member._id, member]))
  const isFree = () => [...team.values()].some((member) => member.status === 'online' && hasRoom(member))
  if (!isFree()) return false
  const inboxes = new Map((await deps.inboxes.list()).map((inbox) => [inbox.key, inbox]))
  let given = 0
  for await (const { session, hint } of deps.waiting.oldestFirst()) {
    const couldTake = hint === null || canServe(inboxes.get(hint.inbox), team, hint)
    if (!couldTake) continue
    if (await serve(deps, inboxes, team, session)) given += 1
    if (given >= most) return true
    if (!isFree()) return false
  }
  return false
}

const canServe = (inbox: Inbox | undefined, team: Team, chat: Parameters<typeof rankAgents>[2]): boolean =>
  inbox !== undefined && rankAgents(inbox.assignment, [...team.values()], chat, null).length > 0

async function serve(
  deps: ServeDeps,
  inboxes: ReadonlyMap<string, Inbox>,
  team: Team,
  session: SessionId,
): Promise<boolean> {
  const state = await deps.log.state(session)
  const assignment = state && inboxes.get(state.inbox)?.assignment
  if (!assignment || assignment.strategy === 'manual' || !isWaiting(state)) return false
  const last = assignment.lastAgentFirst ? (state.lastAssignee ?? (await lastAgentOf(deps, state))) : null
  return assignChat(deps, assignment, team, state, last)
}

/** Chats of one visitor that are looked at for whoever had them last. */
const remembered = 5

async function lastAgentOf(
  { connection }: Pick<ServeDeps, 'connection'>,
  { id, visitor }: { id: SessionId; visitor: { id: VisitorId } },
): Promise<AgentId | null> {
  const earlier = await summariesOf<SessionSummary>(connection)
    .find({ 'state.visitor.id': visitor.id, _id: { $ne: id } }, { projection: { 'state.lastAssignee': 1 } })
    .sort({ 'state.createdAt': -1, _id: -1 })
    .limit(remembered)
    .toArray()
  return earlier.find(({ state }) => state.lastAssignee)?.state.lastAssignee ?? null
}
