import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Log } from '../../log/log.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { handOver } from './hand-over.ts'
import type { Places } from './places.ts'
import { ableTo, type Member } from './rank-agents.ts'

interface ReturnDeps {
  connection: Connection
  log: Pick<Log<SessionSummary>, 'append' | 'state'>
  places: Pick<Places, 'gone' | 'team'>
  inboxes: Pick<Inboxes, 'list'>
  now(): number
}

type Owned = SessionSummary & { assignee: NonNullable<SessionSummary['assignee']> }
const isOwned = (state: SessionSummary | undefined): state is Owned => state?.assignee != null

/** Chats of agents who are gone go back to the queue, each to the place that it had. */
export async function returnOfOffline(deps: ReturnDeps): Promise<void> {
  for (const { _id, reserved } of await deps.places.gone()) {
    for (const { session } of reserved) {
      const state = await deps.log.state(session)
      if (isOwned(state) && state.assignee.id === _id) await giveBack(deps, state, 'offline')
    }
  }
}

/** An agent who leaves a visitor without an answer for too long loses the chat, if there is anybody else to ask. */
export async function returnUnanswered(deps: ReturnDeps): Promise<void> {
  const inboxes = new Map((await deps.inboxes.list()).map((inbox) => [inbox.key, inbox]))
  const limits = [...inboxes.values()].flatMap(({ assignment }) => assignment.answerWithin ?? [])
  if (limits.length === 0) return
  const longAgo = new Date(deps.now() - Math.min(...limits))
  const overdue = await summariesOf<SessionSummary>(deps.connection)
    .find({ 'state.status': 'active', 'state.waitingSince': { $lte: longAgo } }, { projection: { 'state.inbox': 1 } })
    .toArray()
  const team = overdue.length > 0 ? await deps.places.team() : []
  for (const { _id, state } of overdue) {
    const inbox = inboxes.get(state.inbox)
    if (inbox) await returnIfUnanswered(deps, inbox.assignment, team, _id)
  }
}

async function returnIfUnanswered(
  deps: ReturnDeps,
  assignment: Inbox['assignment'],
  team: readonly Member[],
  session: SessionId,
): Promise<void> {
  const state = await deps.log.state(session)
  if (!isOwned(state) || !isOverdue(state, assignment.answerWithin, deps.now())) return
  const others = ableTo(assignment, team, state).filter(({ _id }) => _id !== state.assignee.id)
  if (others.length > 0) await giveBack(deps, state, 'no_answer', (now) => now.waitingSince !== null)
}

/** The time runs from when both are true: the chat is theirs, and the visitor waits for an answer. */
export function isOverdue(
  { assignee, waitingSince }: Pick<SessionSummary, 'assignee' | 'waitingSince'>,
  answerWithin: number | null,
  now: number,
): boolean {
  if (!assignee || !waitingSince || answerWithin === null) return false
  return now - Math.max(assignee.since.getTime(), waitingSince.getTime()) >= answerWithin
}

async function giveBack(
  deps: ReturnDeps,
  { id, hands, assignee }: Owned,
  reason: 'offline' | 'no_answer',
  only?: (state: SessionSummary) => boolean,
): Promise<void> {
  const agent = { id: assignee.id, name: assignee.name }
  const actor = { kind: 'system', rule: 'routing' } as const
  const body = { agent, reason }
  await handOver(deps, { session: id, after: hands }, { type: 'unassigned', actor, origin: 'deskbridge', body }, only)
}
