/** What one connection may ask: so many units a second, saved up for two. It can be overdrawn, and what is owed is waited for. */
export interface Pace {
  take(units: number): void
  /** Until nothing is owed any more, in ms. */
  owedMs(): number
}

const savedUpS = 2

export function createPace({ perSecond, now }: { perSecond: number; now(): number }): Pace {
  const most = perSecond * savedUpS
  let left = most
  let at = now()
  const refill = () => {
    const passedS = Math.max(0, now() - at) / 1_000
    at = now()
    left = Math.min(most, left + passedS * perSecond)
  }
  return {
    take(units) {
      refill()
      left -= units
    },
    owedMs() {
      refill()
      return left >= 0 ? 0 : Math.ceil((-left * 1_000) / perSecond)
    },
  }
}
