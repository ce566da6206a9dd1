/** Whoever posts rubbish must not make us ask for each of it. ms */
const leastBetween = 60_000

/** Something that the account tells, kept until it does not fit any more. Null: the account has none. */
export interface Renewable<T> {
  known(): Promise<T | null>
  /** When what is known does not fit: what the account tells now. Null: that, or it was asked a moment ago. */
  renewed(): Promise<T | null>
}

/** What is configured, for good. */
export const always = <T>(value: T): Renewable<T> => ({ known: async () => value, renewed: async () => null })

export function createRenewable<T>(deps: { ask(): Promise<T | null>; now(): number }): Renewable<T> {
  const { ask, now } = deps
  let kept: T | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  const renew = async () => {
    askedAt = now()
    kept = await ask()
    return kept
  }
  const mayAsk = () => Math.abs(now() - askedAt) >= leastBetween

  return {
    async known() {
      if (kept === null && mayAsk()) await renew()
      return kept
    },
    renewed: async () => (mayAsk() ? renew() : null),
  }
}
