import type { Failure } from '../../bridge/port/failure.ts'
import { neverReached } from '../../platform/http/never-reached.ts'

/** Zendesk's limits are by the minute; without a word of its own that is how long to wait. ms */
const unsaidWait = 60_000
/** A wait of nothing at all would be a loop. ms */
const leastWait = 1_000

type Kind = Exclude<Failure['kind'], 'repair'>

/**
 * What a status says about a call. 409 is ambiguous: an earlier try of the same call may be the one that it ran into.
 * What a status says about a ticket (closed, deleted, changed by somebody) is found out where the ticket is known.
 */
const kindOf: Readonly<Record<number, Kind>> = {
  400: 'refused',
  401: 'halted',
  402: 'halted',
  403: 'halted',
  408: 'ambiguous',
  409: 'ambiguous',
  413: 'refused',
  422: 'refused',
  429: 'limited',
}

/** A redirect means that the configured address is not the account's (any more). */
const kindOfClass: Readonly<Record<number, Kind>> = { 3: 'halted', 4: 'transient', 5: 'ambiguous' }

export function failureOfStatus(status: number, retryAfterMs: number | null): Failure {
  const kind = kindOf[status] ?? kindOfClass[Math.floor(status / 100)] ?? 'ambiguous'
  if (kind !== 'limited') return { kind }
  return { kind, scope: 'destination', afterMs: Math.max(leastWait, retryAfterMs ?? unsaidWait) }
}

export const failureOfNetwork = (error: unknown): Failure =>
  neverReached(error) ? { kind: 'transient' } : { kind: 'ambiguous' }
