import type { Failure } from '../../bridge/port.ts'
import { neverReached } from '../../platform/http/never-reached.ts'

/** Zendesk's limits are by the minute; without a word of its own that is how long to wait. ms */
const unsaidWait = 60_000

/** What a status says about a call. What it says about a ticket (closed, deleted, changed) the connector finds out. */
export function failureOfStatus(status: number, retryAfterMs: number | null): Failure {
  if (status === 429) return { kind: 'limited', scope: 'destination', afterMs: retryAfterMs ?? unsaidWait }
  if (status === 401 || status === 403) return { kind: 'halted' }
  if (status >= 500) return { kind: 'ambiguous' }
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused' }
  return { kind: 'transient' }
}

export const failureOfNetwork = (error: unknown): Failure =>
  neverReached(error) ? { kind: 'transient' } : { kind: 'ambiguous' }
