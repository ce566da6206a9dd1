import type { Budget } from '../port.ts'

/**
 * A budget as a theoretical arrival time (GCRA). `burst` calls may go at once and then one each
 * `window / (limit − burst)`, which keeps any window at or under `limit`.
 */
export interface Pace {
  intervalMs: number
  burst: number
}

export function paceOf(budget: Budget): Pace {
  const burst = Math.max(1, Math.min(budget.burst, budget.limit - 1))
  return { intervalMs: budget.windowMs / (budget.limit - burst), burst }
}

/** When the next call may go, and the arrival time that reserving it leaves behind. `tat` and `at` in ms. */
export const slotOf = (tat: number, now: number, pace: Pace): number =>
  Math.max(now, tat - (pace.burst - 1) * pace.intervalMs)

export const tatAfter = (tat: number, slot: number, pace: Pace): number => Math.max(tat, slot) + pace.intervalMs

/** Takes the next slot of one budget. `tats`: arrival times by the budgets' keys. */
export function reserveSlot(budget: Budget, tats: Map<string, number>, now: number): number {
  const pace = paceOf(budget)
  const tat = tats.get(budget.key) ?? 0
  const slot = slotOf(tat, now, pace)
  tats.set(budget.key, tatAfter(tat, slot, pace))
  return slot
}
