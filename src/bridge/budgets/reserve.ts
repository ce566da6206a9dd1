import type { Redis } from 'ioredis'
import type { Budget } from '../port.ts'
import { paceOf, reserveSlot } from './slots.ts'

export interface Budgets {
  /** Reserves one call; epoch ms from which it may be made. */
  reserve(budget: Budget): Promise<number>
}

/** `reserveSlot` for all workers at once, on Redis's clock; answers the wait in ms. Key: the arrival time; arguments: interval, burst. */
const script = `
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + tonumber(clock[2]) / 1000
local tat = tonumber(redis.call('GET', KEYS[1]) or '0')
local slot = math.max(now, tat - (tonumber(ARGV[2]) - 1) * tonumber(ARGV[1]))
local after = math.max(tat, slot) + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.ceil(after - now) + 1000)
return tostring(slot - now)
`

/** Without Redis each process keeps the pace for itself: together they may meet some 429s, nothing worse. */
export function createBudgets(deps: { redis: Redis; prefix: string; now: () => number }): Budgets {
  const { redis, prefix, now } = deps
  const own = new Map<string, number>()

  const reserveShared = async (budget: Budget): Promise<number> => {
    const { intervalMs, burst } = paceOf(budget)
    const wait = Number(await redis.eval(script, 1, `${prefix}:budget:${budget.key}`, intervalMs, burst))
    return wait > 0 ? now() + wait : now()
  }

  return {
    reserve: (budget) => reserveShared(budget).catch(() => reserveSlot(budget, own, now())),
  }
}
