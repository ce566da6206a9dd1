/**
 * How a worker stands with an endpoint. `closed`: it is called as events come. `open`: it failed too often in a row, or
 * asked for it (`isAsked`), and rests. `trying`: the rest is over, and one call finds out.
 */
export type Breaker =
  | { kind: 'closed'; failures: number }
  | { kind: 'open'; until: number; rests: number; isAsked: boolean }
  | { kind: 'trying'; rests: number }

export const closed: Breaker = { kind: 'closed', failures: 0 }

/** What a call says of its endpoint. `restMs`: how long it asks to be left alone; 0: it does not. */
export type Sign = { kind: 'fine' } | { kind: 'failed'; restMs: number } | { kind: 'throttled'; restMs: number }

/** So many in a row are no accident. */
const patience = 5
const firstRest = 5_000
const longestRest = 300_000

/** A rest after so many: doubling from 5 s to 5 min, and up to a fifth more so that workers do not come back at once. */
const restAfter = (rests: number, random: () => number): number =>
  Math.min(longestRest, firstRest * 2 ** Math.min(rests, 20)) * (1 + random() / 5)

/**
 * Where a sign leads. Whatever was under way when it opened still ends, and only good news counts then; that ends no rest
 * which was asked for.
 */
export function after(breaker: Breaker, sign: Sign, { now, random }: { now: number; random: () => number }): Breaker {
  if (sign.kind === 'fine') return breaker.kind === 'open' && breaker.isAsked ? breaker : closed
  const rest = (rests: number): Breaker => {
    const isAsked = sign.restMs > 0
    const ms = isAsked ? sign.restMs : restAfter(rests, random)
    return { kind: 'open', until: now + ms, rests: sign.kind === 'throttled' ? rests : rests + 1, isAsked }
  }
  switch (breaker.kind) {
    case 'open':
      return sign.restMs > 0
        ? { ...breaker, until: Math.max(breaker.until, now + sign.restMs), isAsked: true }
        : breaker
    case 'trying':
      return rest(breaker.rests)
    case 'closed': {
      const failures = breaker.failures + 1
      return sign.restMs > 0 || failures >= patience ? rest(0) : { kind: 'closed', failures }
    }
  }
}

/** Once a rest is over, one call may try. `restsUntil`: what another worker has found out. */
export function at(breaker: Breaker, now: number, restsUntil: number): Breaker {
  if (restsUntil > now && breaker.kind === 'closed') return { kind: 'open', until: restsUntil, rests: 0, isAsked: true }
  return breaker.kind === 'open' && breaker.until <= now ? { kind: 'trying', rests: breaker.rests } : breaker
}

/** How many calls may be under way at once. */
export function mostAtOnce(breaker: Breaker, most: number): number {
  switch (breaker.kind) {
    case 'closed':
      return most
    case 'open':
      return 0
    case 'trying':
      return 1
  }
}
