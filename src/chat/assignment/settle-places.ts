import type { SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Places } from './places.ts'
import { standing } from './reservation.ts'

export interface SettleDeps {
  log: Pick<Log<SessionSummary>, 'state'>
  places: Pick<Places, 'holders' | 'remove'>
}

/**
 * Frees the places that the chat's log has no use for; answers how many. `takenBefore`: a place for a transfer or a take
 * that is still undecided and older than that was left by a process that ended. One for a chat that waits is never given
 * up, but made use of by whoever serves the queue.
 */
export async function settlePlaces(
  deps: SettleDeps,
  session: SessionId,
  takenBefore: Date = new Date(0),
): Promise<number> {
  const holders = await deps.places.holders(session)
  if (holders.length === 0) return 0
  // Read after the places: it is at least as new as what they were taken for.
  const state = await deps.log.state(session)
  const isStuck = (at: Date) => at < takenBefore && !(state && isWaiting(state))
  let freed = 0
  for (const { _id, reserved } of holders) {
    for (const place of reserved.filter((one) => one.session === session)) {
      const now = standing(place, _id, state)
      if (now === 'held' || (now === 'pending' && !isStuck(place.at))) continue
      await deps.places.remove(_id, place)
      freed += 1
    }
  }
  return freed
}
