import type { Redis } from 'ioredis'
import type { SessionId } from '../../contract/ids.ts'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'
import type { Caller } from '../chat.ts'

interface Asking {
  kind: Caller['kind']
  id: string
}

const minute = 60_000

/** What costs more than a message, in a minute and over all nodes. Each throws `rate_limited`. */
export interface VisitorRate {
  /** A page of history, or a search. Agents are not counted. */
  read(by: Asking): Promise<void>
  /** A chat opened on a socket or as a stream. Agents are not counted. */
  join(by: Asking): Promise<void>
  /** What is known of a chat's visitor, changed or proven by one person. */
  change(by: Asking, session: SessionId): Promise<void>
}

export function createVisitorRate(deps: { redis: Redis; prefix: string; limits: Limits }): VisitorRate {
  const { reads, joins, changes } = deps.limits.visitorRateLimit
  const ofReads = createRateLimit({ ...deps, name: 'reads', limit: reads, windowMs: minute })
  const ofJoins = createRateLimit({ ...deps, name: 'joins', limit: joins, windowMs: minute })
  const ofChanges = createRateLimit({ ...deps, name: 'changes', limit: changes, windowMs: minute })
  return {
    async read(by) {
      if (by.kind === 'visitor') await ofReads.take(by.id)
    },
    async join(by) {
      if (by.kind === 'visitor') await ofJoins.take(by.id)
    },
    change: (by, session) => ofChanges.take(`${by.id}:${session}`),
  }
}
