import type { Redis } from 'ioredis'

/** Whose devices are meant: a visitor in one chat, or an agent wherever they are. */
export type Who = `visitor:${string}` | `agent:${string}`

/** `gone` without `since`: not seen as far back as anybody remembers. `unknown`: Redis was emptied or is away. */
export type Whereabouts = { kind: 'here' } | { kind: 'gone'; since: number | null } | { kind: 'unknown' }

/** Who has a connection, over all nodes. It says nothing for certain: whatever follows from it must bear being wrong. */
export interface Presence {
  /** A device is connected. To be said again within `heartbeat`, or it counts as gone after two of them. */
  here(devices: readonly { who: Who; device: string }[]): Promise<void>
  gone(who: Who, device: string): Promise<void>
  /** In the order of `who`. Never throws: what cannot be found out is unknown. */
  whereabouts(who: readonly Who[]): Promise<Whereabouts[]>
}

/** When somebody was last seen is remembered for so long. ms */
const rememberedMs = 86_400_000

/**
 * Sorted sets of devices by when they were last heard of. An emptied Redis knows nobody: until each node has said again
 * who is there, absent means unknown, and `epoch` tells since when there is something to know. So does a time in which
 * no node was up: everybody would come back as somebody who had gone.
 */
export function createPresence(deps: { redis: Redis; prefix: string; heartbeatMs: number; now(): number }): Presence {
  const { redis, prefix, heartbeatMs, now } = deps
  const devicesKey = (who: Who) => `${prefix}:here:${who}`
  const seenKey = (who: Who) => `${prefix}:seen:${who}`
  const epochKey = `${prefix}:here-epoch`
  const patience = 2 * heartbeatMs

  return {
    async here(devices) {
      const at = now()
      // When no node has spoken for a while, nobody was there to be heard: what is known begins anew.
      const round = redis
        .pipeline()
        .set(epochKey, at, 'NX')
        .pexpire(epochKey, patience * 2)
      for (const { who, device } of devices) {
        round.zadd(devicesKey(who), at, device).pexpire(devicesKey(who), patience * 2)
        round.set(seenKey(who), at, 'PX', rememberedMs)
      }
      await round.exec().catch(() => null)
    },
    async gone(who, device) {
      await redis
        .pipeline()
        .zrem(devicesKey(who), device)
        .set(seenKey(who), now(), 'PX', rememberedMs)
        .exec()
        .catch(() => null)
    },
    async whereabouts(all) {
      const question = redis.pipeline().get(epochKey)
      for (const who of all) question.zcount(devicesKey(who), now() - patience, '+inf').get(seenKey(who))
      const answers = (await question.exec().catch(() => null))?.map(([, answer]) => answer)
      if (!answers) return all.map(() => ({ kind: 'unknown' }))
      const epoch = Number(answers[0] ?? Number.POSITIVE_INFINITY)
      return all.map((_, index) => {
        const connected = Number(answers[1 + 2 * index])
        if (connected > 0) return { kind: 'here' }
        if (!(now() - epoch >= patience)) return { kind: 'unknown' }
        const seen = answers[2 + 2 * index]
        return { kind: 'gone', since: seen == null ? null : Number(seen) }
      })
    },
  }
}
