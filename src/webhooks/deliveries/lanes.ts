import { type DeliveryId, EndpointId } from '../../contract/ids.ts'
import { createLane, type Lane, type LaneDeps } from './lane.ts'
import { endpointIn } from './stored.ts'

/** A lane for each endpoint, so that a slow or dead one holds up nobody else. */
export interface Lanes {
  offer(delivery: DeliveryId): void
  pull(endpoint: EndpointId): void
  /** Begins no more calls, and waits for those under way. */
  stop(): Promise<void>
}

export function createLanes(deps: LaneDeps): Lanes {
  const lanes = new Map<EndpointId, Lane>()
  const laneOf = (id: EndpointId): Lane => {
    const lane = lanes.get(id) ?? createLane(id, deps)
    lanes.set(id, lane)
    return lane
  }
  return {
    offer: (delivery) => laneOf(EndpointId.parse(endpointIn(delivery))).offer(delivery),
    pull: (endpoint) => laneOf(endpoint).pull(),
    async stop() {
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    },
  }
}
