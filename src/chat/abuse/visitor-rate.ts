import type { Redis } from 'ioredis'
import type { Identity } from '../../access/tokens.ts'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'

const minute = 60_000

/** What costs more than a message, in a minute and over all nodes. Agents are not counted. Each throws `rate_limited`. */
export interface VisitorRate {
  /** A page of history, or a search. */
  read(by: Identity): Promise<void>
  /** A chat opened on a socket or as a stream. */
  join(by: Identity): Promise<void>
}

export function createVisitorRate(deps: { redis: Redis; prefix: string; limits: Limits }): VisitorRate {
  const { reads, joins } = deps.limits.visitorRateLimit
  const ofReads = createRateLimit({ ...deps, name: 'reads', limit: reads, windowMs: minute })
  const ofJoins = createRateLimit({ ...deps, name: 'joins', limit: joins, windowMs: minute })
  return {
    async read(by) {
      if (by.kind === 'visitor') await ofReads.take(by.id)
    },
    async join(by) {
      if (by.kind === 'visitor') await ofJoins.take(by.id)
    },
  }
}
