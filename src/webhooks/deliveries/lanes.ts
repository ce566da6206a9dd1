import type { EndpointId } from '../../contract/ids.ts'
import { createLane, type Lane, type LaneDeps } from './lane.ts'

/** A lane for each endpoint, so that a slow or dead one holds up nobody else. */
export interface Lanes {
  pull(endpoint: EndpointId): void
  /** Begins no more calls, and waits for those under way. */
  stop(): Promise<void>
}

export function createLanes(deps: LaneDeps): Lanes {
  const lanes = new Map<EndpointId, Lane>()
  let isStopped = false
  const laneOf = (id: EndpointId): Lane => {
    const lane = lanes.get(id) ?? createLane(id, deps)
    lanes.set(id, lane)
    return lane
  }
  return {
    pull(endpoint) {
      if (!isStopped) laneOf(endpoint).pull()
    },
    async stop() {
      isStopped = true
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    },
  }
}
