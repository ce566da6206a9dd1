import type { Budget, Lane } from '../port/call.ts'

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

/** Who asks. `share`: whose calls count together, the inbox. `spare`: takes what is to be had soon and nobody claims. `again`: was put off before. */
export interface Ask {
  share: string
  lane: Lane | 'spare'
  again: boolean
}

/** `granted`: the call may be made from `at` on, epoch ms. Else: ask again then. */
export interface Answer {
  at: number
  granted: boolean
}

/** A call that has no right to the next slot still gets one if it lies no more than so many intervals ahead. */
const ahead: Record<Ask['lane'], number> = { urgent: 8, normal: 2, spare: 4 }
/** Who could do without a call waits no longer for it than this, however slow the budget is. ms */
const sparePatienceMs = 5_000
/** A share counts as one of those that want something for so many intervals after it last asked. */
const recentIntervals = 10
/** Each share has its part of the slots, and each lane half of that. */
const lanes = 2

/** The numbers and the names of the times that a reservation depends on: the same here and in Redis. */
export function termsOf(budget: Budget, { share, lane, again }: Ask) {
  const { intervalMs, burst } = paceOf(budget)
  return {
    intervalMs,
    burst,
    aheadMs: Math.min(ahead[lane] * intervalMs, lane === 'spare' ? sparePatienceMs : Number.MAX_SAFE_INTEGER),
    recentMs: recentIntervals * intervalMs,
    partMs: lanes * intervalMs,
    seen: `seen ${share}`,
    due: lane === 'spare' ? null : `due ${lane} ${share}`,
    line: `${again ? 'again' : 'first'} ${lane} ${share}`,
  }
}

/**
 * Slots are given out one after the other, and never far ahead: what is given cannot be taken back, so a flood must not
 * have the near future. With n shares that want something each may take every n-th slot, half of them for each lane,
 * whatever the others do. What is not claimed that way goes to whoever asks, urgent calls first, because they may be
 * given slots that lie further ahead. Who gets none is told when to ask again, one after the other. `times`: by name.
 */
export function reserveSlot(times: Map<string, number>, budget: Budget, ask: Ask, now: number): Answer {
  const { intervalMs, burst, aheadMs, recentMs, partMs, seen, due, line } = termsOf(budget, ask)
  const shares = sharesIn(times, seen, now - recentMs)
  const tat = times.get('tat') ?? 0
  const at = Math.max(now, tat - (burst - 1) * intervalMs)
  const isDue = due !== null && (times.get(due) ?? 0) <= now
  times.set(seen, now)
  if (isDue) times.set(due, now + shares * partMs)
  if (isDue || at <= now + aheadMs) {
    times.set('tat', Math.max(tat, at) + intervalMs)
    return { at, granted: true }
  }
  const turn = Math.max(times.get(line) ?? 0, now) + shares * intervalMs
  times.set(line, turn)
  return { at: turn, granted: false }
}

/** Those that asked lately, the one that asks among them. Times that no longer say anything are forgotten. */
function sharesIn(times: Map<string, number>, seen: string, since: number): number {
  for (const [name, at] of times) if (name !== 'tat' && at <= since) times.delete(name)
  return 1 + [...times.keys()].filter((name) => name.startsWith('seen ') && name !== seen).length
}
