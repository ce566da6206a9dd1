import type { Redis } from 'ioredis'
import type { BudgetInUse } from '../../contract/connector-health.ts'
import type { Budget } from '../port/call.ts'
import { type Answer, type Ask, paceOf, reserveSlot, termsOf } from './slots.ts'

export interface Budgets {
  /** Asks for one call. */
  reserve(budget: Budget, ask: Ask): Promise<Answer>
  /** How much of it is taken at the moment, for whoever asks. */
  inUse(budget: Budget): Promise<BudgetInUse>
}

/**
 * `reserveSlot` for all workers at once, in one step and on Redis's clock. Key: a hash of the budget's times. Arguments:
 * the time if it is not to be Redis's, then the terms. Answers the wait in ms and whether it is granted.
 */
const script = `
local clock = redis.call('TIME')
local now = tonumber(ARGV[1]) or tonumber(clock[1]) * 1000 + tonumber(clock[2]) / 1000
local interval, burst, ahead = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local recent, part = tonumber(ARGV[5]), tonumber(ARGV[6])
local seen, due, line = ARGV[7], ARGV[8], ARGV[9]
local times, shares, last = {}, 1, now
local known = redis.call('HGETALL', KEYS[1])
for i = 1, #known, 2 do
  local name, at = known[i], tonumber(known[i + 1])
  if name ~= 'tat' and at <= now - recent then
    redis.call('HDEL', KEYS[1], name)
  else
    times[name] = at
    last = math.max(last, at)
    if string.sub(name, 1, 5) == 'seen ' and name ~= seen then shares = shares + 1 end
  end
end
local function set(name, at)
  last = math.max(last, at)
  redis.call('HSET', KEYS[1], name, string.format('%.3f', at))
end
local tat = times['tat'] or 0
local at = math.max(now, tat - (burst - 1) * interval)
local isDue = due ~= '' and (times[due] or 0) <= now
local granted = isDue or at <= now + ahead
set(seen, now)
if isDue then set(due, now + shares * part) end
if granted then
  set('tat', math.max(tat, at) + interval)
else
  at = math.max(times[line] or 0, now) + shares * interval
  set(line, at)
end
redis.call('PEXPIRE', KEYS[1], math.ceil(last - now + recent) + 1000)
return { tostring(at - now), granted and 1 or 0 }
`

/** Without Redis each process keeps the pace for itself: together they may meet some 429s, nothing worse. */
export function createBudgets(deps: {
  redis: Redis
  prefix: string
  now(): number
  /** In place of Redis's clock. */
  redisNow?: () => number
}): Budgets {
  const { redis, prefix, now, redisNow } = deps
  const own = new Map<string, Map<string, number>>()

  const reserveShared = async (budget: Budget, ask: Ask): Promise<Answer> => {
    const { intervalMs, burst, aheadMs, recentMs, partMs, seen, due, line } = termsOf(budget, ask)
    const terms = [redisNow?.() ?? '', intervalMs, burst, aheadMs, recentMs, partMs, seen, due ?? '', line]
    const answer: unknown = await redis.eval(script, 1, `${prefix}:budget:${budget.key}`, ...terms)
    const [wait, granted] = Array.isArray(answer) ? answer.map(Number) : []
    if (wait === undefined) throw new Error('no answer to a reservation')
    return { at: now() + Math.max(0, wait), granted: granted === 1 }
  }

  const takenOf = async (budget: Budget): Promise<number> => {
    const { intervalMs } = paceOf(budget)
    const tat = Number((await redis.hget(`${prefix}:budget:${budget.key}`, 'tat')) ?? 0)
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number)
    const at = redisNow?.() ?? seconds * 1_000 + micros / 1_000
    return Math.max(0, Math.ceil((tat - at) / intervalMs))
  }

  const reserveHere = (budget: Budget, ask: Ask): Answer => {
    const times = own.get(budget.key) ?? new Map<string, number>()
    own.set(budget.key, times)
    return reserveSlot(times, budget, ask, now())
  }

  return {
    async inUse(budget) {
      const { key: name, limit, windowMs } = budget
      const { burst } = paceOf(budget)
      return { name, limit, windowMs, burst, taken: await takenOf(budget).catch(() => null) }
    },
    reserve: (budget, ask) => reserveShared(budget, ask).catch(() => reserveHere(budget, ask)),
  }
}
