import type { Redis } from 'ioredis'
import type { AgentId, SessionId } from '../../contract/ids.ts'

/** Which agents are writing in a chat, over all nodes. It says nothing for certain. */
export interface TypingAgents {
  /** To be said again while it lasts. Never throws. */
  writes(session: SessionId, agent: AgentId): void
  stopped(session: SessionId, agent: AgentId): void
  /** Never throws: while Redis is away nobody is known to. */
  in(session: SessionId): Promise<AgentId[]>
}

/** Clients say it again every second or two while somebody writes. ms */
const rememberedMs = 6_000

export function createTypingAgents(deps: { redis: Redis; prefix: string; now(): number }): TypingAgents {
  const { redis, prefix, now } = deps
  const keyOf = (session: SessionId) => `${prefix}:typing:${session}`
  return {
    writes(session, agent) {
      const key = keyOf(session)
      void redis
        .pipeline()
        .zadd(key, now(), agent)
        .pexpire(key, rememberedMs)
        .exec()
        .catch(() => null)
    },
    stopped(session, agent) {
      void redis.zrem(keyOf(session), agent).catch(() => null)
    },
    async in(session) {
      const since = now() - rememberedMs
      return (await redis.zrangebyscore(keyOf(session), since, '+inf').catch(() => [])) as AgentId[]
    },
  }
}
