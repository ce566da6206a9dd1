import { createAdapter } from '@socket.io/redis-adapter'
import type { Redis } from 'ioredis'
import type { ChatServer } from './socket.ts'

/** Lets the doorbells and the presence of this node reach the others, through Redis, under names that begin with `prefix`. */
export function joinNodes(io: ChatServer, deps: { publisher: Redis; subscriber: Redis; prefix: string }): void {
  io.adapter(createAdapter(unawaited(deps.publisher), unawaited(deps.subscriber), { key: deps.prefix }))
}

/**
 * The adapter lets go of the promises of its commands: one rejected while Redis is away would end the process. What it
 * does wait for still rejects there; what is lost is a doorbell, which healing makes up for.
 */
const unawaited = (redis: Redis): Redis =>
  new Proxy(redis, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(value, target, args)
        if (answer instanceof Promise) answer.catch(() => {})
        return answer
      }
    },
  })
