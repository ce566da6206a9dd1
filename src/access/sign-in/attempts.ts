import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { customerOf } from '../../platform/http/address.ts'
import { createRateLimit } from '../../platform/rate-limit.ts'
import type { Limits } from '../../platform/settings.ts'

const minute = 60_000

/** Attempts in a minute, by address (of IPv6 by its /64) and by account, right or wrong. Throws `rate_limited`. */
export interface Attempts {
  take(of: { ip: string | undefined; account?: string }): Promise<void>
}

export function createAttempts(deps: {
  redis: Redis
  prefix: string
  limits: Pick<Limits, 'signInRateLimit'>
}): Attempts {
  const { perAddress, perAccount } = deps.limits.signInRateLimit
  const byAddress = createRateLimit({ ...deps, name: 'sign-in-address', limit: perAddress, windowMs: minute })
  const byAccount = createRateLimit({ ...deps, name: 'sign-in-account', limit: perAccount, windowMs: minute })
  return {
    async take({ ip, account }) {
      if (ip !== undefined) await byAddress.take(customerOf(ip))
      // Addresses are nobody's business in Redis.
      if (account) await byAccount.take(createHash('sha256').update(account.toLowerCase()).digest('base64url'))
    },
  }
}
