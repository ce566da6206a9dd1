import type { Difference, RepairOptions } from '../../log/repair/difference.ts'
import { deadPlaces, missingPlaces, type ReconcileDeps } from './reconcile-places.ts'
import type { PlaceOf } from './settle-places.ts'

/** Compares the places in the agents' capacities with the logs, as the sweeps do, and says what it frees and adds. */
export async function* repairPlaces(deps: ReconcileDeps, { only, write }: RepairOptions): AsyncGenerator<Difference> {
  const isMeant = ({ place }: PlaceOf) => only === undefined || place.session === only
  for await (const dead of deadPlaces(deps)) {
    if (!isMeant(dead)) continue
    if (write) await deps.places.remove(dead.agent, dead.place)
    yield { what: 'places', change: 'freed', where: nameOf(dead) }
  }
  for await (const missing of missingPlaces(deps)) {
    if (!isMeant(missing)) continue
    if (write) await deps.places.add(missing.agent, missing.place)
    yield { what: 'places', change: 'made', where: nameOf(missing) }
  }
}

const nameOf = ({ agent, place }: PlaceOf): string => `${agent} in ${place.session}`
