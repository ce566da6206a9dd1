import type { Redis } from 'ioredis'
import type { VisitorId } from '../../contract/ids.ts'
import { customerOf } from '../../platform/http/address.ts'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'

const minute = 60_000

/** New chats in a minute. Each throws `rate_limited`. */
export interface StartRate {
  /**
   * By address (of IPv6 by its /64), and by a visitor who comes back from one address after the other. Not by email: it
   * is anybody's to write, so that a limit of it would shut out whom a stranger names.
   */
  byOrigin(from: { ip: string | undefined; visitor: VisitorId | undefined }): Promise<void>
  byInbox(inbox: string): Promise<void>
}

export function createStartRate(deps: { redis: Redis; prefix: string; limits: Limits }): StartRate {
  const { perAddress, perInbox } = deps.limits.sessionRateLimit
  const ofAddress = createRateLimit({ ...deps, name: 'address', limit: perAddress, windowMs: minute })
  const ofVisitor = createRateLimit({ ...deps, name: 'visitor', limit: perAddress, windowMs: minute })
  const ofInbox = createRateLimit({ ...deps, name: 'inbox', limit: perInbox, windowMs: minute })
  return {
    async byOrigin({ ip, visitor }) {
      if (ip !== undefined) await ofAddress.take(customerOf(ip))
      if (visitor !== undefined) await ofVisitor.take(visitor)
    },
    byInbox: (inbox) => ofInbox.take(inbox),
  }
}
