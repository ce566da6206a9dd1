import type { ConnectorState } from '../../contract/connector-health.ts'
import type { Destination } from '../destinations.ts'
import { nextFor } from './failure-words.ts'

/** How a destination that is connected stands. What an administrator did or has to do comes before what passes by itself. */
export function stateOf(destination: Destination | undefined, now: number): ConnectorState {
  const { hold, halted, pausedUntil = 0 } = destination ?? {}
  const until = pausedUntil > now ? new Date(pausedUntil).toISOString() : null
  if (hold) return { kind: 'paused', by: hold.by, since: hold.since.toISOString(), reason: hold.reason }
  if (halted) {
    const since = halted.since.toISOString()
    if (halted.unreachable) return { kind: 'waiting', for: 'outage', since, until, next: nextFor('transient') }
    return { kind: 'stopped', since, reason: halted.reason, next: nextFor('halted') }
  }
  if (until) return { kind: 'waiting', for: 'rate_limit', since: null, until, next: nextFor('limited') }
  return { kind: 'working' }
}
