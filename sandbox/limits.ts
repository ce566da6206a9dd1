/** At most `limit` in any `windowMs`, as a remote counts it. */
export interface Window {
  limit: number
  windowMs: number
}

export function createLimits(now: () => number) {
  const counted = new Map<string, number[]>()

  return {
    /** Counts a call; answers how long it has to wait when that is one too many, and then does not count it. ms */
    over(key: string, { limit, windowMs }: Window): number {
      const from = now() - windowMs
      const calls = (counted.get(key) ?? []).filter((at) => at > from)
      const oldest = calls.at(0)
      counted.set(key, calls)
      if (calls.length >= limit && oldest !== undefined) return Math.max(1, oldest + windowMs - now())
      calls.push(now())
      return 0
    },
  }
}
