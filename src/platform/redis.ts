import { Redis } from 'ioredis'

/** For requests in hand: fails at once while Redis is away, because the database makes up for it. */
export function connectRedis(url: string, onError: (error: unknown) => void = () => {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  })
  return redis.on('error', onError)
}

/** For those who wait on Redis (workers, subscriptions): goes on trying for ever. */
export function connectBlockingRedis(url: string, onError: (error: unknown) => void = () => {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  })
  return redis.on('error', onError)
}
