import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { DeskbridgeError } from '../contract/errors.ts'

export interface RateLimit {
  /** Counts one for `key`. Throws `rate_limited` with the time after which there is room again. */
  take(key: string): Promise<void>
}

/** At most `limit` in each window of a key, over all processes; each for itself while Redis is away. */
export function createRateLimit(deps: {
  redis: Redis
  prefix: string
  name: string
  limit: number
  windowMs: number
  /** Once over it, a key stays refused for so long. */
  holdMs?: number
}): RateLimit {
  const hold = deps.holdMs === undefined ? {} : { blockDuration: deps.holdMs / 1_000 }
  const shape = {
    points: deps.limit,
    duration: deps.windowMs / 1_000,
    ...hold,
    keyPrefix: `${deps.prefix}:limit:${deps.name}`,
  }
  const limiter = new RateLimiterRedis({
    ...shape,
    storeClient: deps.redis,
    useRedisPackage: false,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(shape),
  })
  return {
    async take(key) {
      try {
        await limiter.consume(key)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        throw new DeskbridgeError('rate_limited', { retryAfterMs: Math.max(1, refusal.msBeforeNext) })
      }
    },
  }
}
