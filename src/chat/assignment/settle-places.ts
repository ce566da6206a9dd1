import type { AgentId, SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Places } from './places.ts'
import { type Reservation, standing } from './reservation.ts'

export interface SettleDeps {
  log: Pick<Log<SessionSummary>, 'state'>
  places: Pick<Places, 'holders' | 'remove'>
}

/** A place in an agent's capacity. */
export interface PlaceOf {
  agent: AgentId
  place: Pick<Reservation, 'session' | 'after'>
}

/** Frees the places that the chat's log has no use for; answers how many. */
export async function settlePlaces(deps: SettleDeps, session: SessionId, takenBefore?: Date): Promise<number> {
  const free = await placesToFree(deps, session, takenBefore)
  for (const { agent, place } of free) await deps.places.remove(agent, place)
  return free.length
}

/**
 * `takenBefore`: a place for a transfer or a take that is still undecided and older than that was left by a process that
 * ended. One for a chat that waits is never given up, but made use of by whoever serves the queue.
 */
export async function placesToFree(
  deps: Pick<SettleDeps, 'log'> & { places: Pick<Places, 'holders'> },
  session: SessionId,
  takenBefore: Date = new Date(0),
): Promise<PlaceOf[]> {
  const holders = await deps.places.holders(session)
  if (holders.length === 0) return []
  // Read after the places: it is at least as new as what they were taken for.
  const state = await deps.log.state(session)
  const isStuck = (at: Date) => at < takenBefore && !(state && isWaiting(state))
  return holders.flatMap(({ _id: agent, reserved }) =>
    reserved
      .filter((place) => place.session === session)
      .filter((place) => {
        const now = standing(place, agent, state)
        return now === 'dead' || (now === 'pending' && isStuck(place.at))
      })
      .map((place) => ({ agent, place })),
  )
}
