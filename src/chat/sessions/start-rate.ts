import type { Redis } from 'ioredis'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'

const minute = 60_000

/** New chats in a minute, by address and by inbox. Throws `rate_limited`. */
export interface StartRate {
  take(from: { ip: string | undefined; inbox: string }): Promise<void>
}

export function createStartRate(deps: { redis: Redis; prefix: string; limits: Limits }): StartRate {
  const { perAddress, perInbox } = deps.limits.sessionRateLimit
  const byAddress = createRateLimit({ ...deps, name: 'address', limit: perAddress, windowMs: minute })
  const byInbox = createRateLimit({ ...deps, name: 'inbox', limit: perInbox, windowMs: minute })
  return {
    // The address first: one that is over its limit uses up nothing of the inbox's.
    async take({ ip, inbox }) {
      if (ip !== undefined) await byAddress.take(ip)
      await byInbox.take(inbox)
    },
  }
}
