import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { handOver } from './hand-over.ts'
import { settlePlaces } from './settle-places.ts'
import type { HandDeps } from './take-chat.ts'
import { takePlace } from './take-place.ts'

/** What an event may mean for who has the chat; null: nothing. `state`: after the event, unknown is everything. */
export function meaningOf(event: LogEvent, state: SessionSummary | undefined): 'moved' | 'answered' | null {
  const isAnswer = event.type === 'message' && event.actor.kind === 'agent' && !event.body.internal
  if (isAnswer && (!state || (state.assignee === null && state.status === 'active'))) return 'answered'
  if (!state || state.hands === event.seq) return 'moved'
  // The first word, or the first after an answer.
  return isWaiting(state) && state.waitingSince.getTime() === event.at.getTime() ? 'moved' : null
}

/** Whoever answers a chat that nobody has gets it, if they have room; if not, it is answered all the same. */
export async function takeByAnswer(deps: HandDeps, event: LogEvent): Promise<void> {
  const { actor, session } = event
  const state = await deps.log.state(session)
  if (actor.kind !== 'agent' || !state || state.status !== 'active' || state.assignee) return
  const chat = { session, after: state.hands }
  try {
    if (!(await takePlace(deps, actor.id, chat, false))) return
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code !== 'unavailable') return
    throw error
  }
  const body = { agent: { id: actor.id, name: actor.name }, reason: 'taken' } as const
  const taken = await handOver(deps, chat, { type: 'assigned', actor, origin: 'deskbridge', body })
  if (!taken) await settlePlaces(deps, session)
}
