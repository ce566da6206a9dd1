import type { EndpointId, SessionId } from '../contract/ids.ts'

/** `fan_out`: a chat has news for endpoints. `pull`: an endpoint has deliveries that are due. */
export type Work = { kind: 'fan_out'; session: SessionId } | { kind: 'pull'; endpoint: EndpointId }

/** The same for the same work. */
export function idOf(work: Work): string {
  switch (work.kind) {
    case 'fan_out':
      return `fan_out-${work.session}`
    case 'pull':
      return `pull-${work.endpoint}`
  }
}

/** To pull for each endpoint that any of these is for. */
export const pullsFor = (deliveries: readonly { endpoint: EndpointId }[]): Work[] =>
  [...new Set(deliveries.map(({ endpoint }) => endpoint))].map((endpoint) => ({ kind: 'pull', endpoint }))

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
