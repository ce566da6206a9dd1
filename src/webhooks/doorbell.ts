import type { DeliveryId, EndpointId, SessionId } from '../contract/ids.ts'

/** `fan_out`: a chat has news for endpoints. `send`: a delivery is due. `pull`: an endpoint has some that are. */
export type Work =
  | { kind: 'fan_out'; session: SessionId }
  | { kind: 'send'; delivery: DeliveryId }
  | { kind: 'pull'; endpoint: EndpointId }

/** The same for the same work. */
export function idOf(work: Work): string {
  switch (work.kind) {
    case 'fan_out':
      return `fan_out-${work.session}`
    case 'send':
      return `send-${work.delivery}`
    case 'pull':
      return `pull-${work.endpoint}`
  }
}

/** Wakes some worker soon. Best effort: it never throws, and what it loses the sweeps find. */
export interface Doorbell {
  ring(work: readonly Work[]): Promise<void>
  /** Past anything that still counts as running: for what was found left behind. */
  insist(work: readonly Work[]): Promise<void>
}

export interface Scheduler {
  /** Rings at `at` (epoch ms) or a little later. Best effort as well. */
  wakeAt(work: Work, at: number): Promise<void>
}
