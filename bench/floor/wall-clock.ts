import { Temporal } from 'temporal-polyfill'

/** ms that a zone's clock is ahead of UTC, at an epoch ms. */
export type OffsetAt = (at: number) => number

/** Looks a zone up only where its clock jumps: millions of moments are asked for. */
export function createWallClock(timeZone: string): OffsetAt {
  let known = { from: 0, until: 0, offset: 0 }
  return (at) => {
    if (at < known.from || at >= known.until) known = stableAround(timeZone, at)
    return known.offset
  }
}

function stableAround(timeZone: string, at: number) {
  const here = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(timeZone)
  return {
    from: here.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: here.offsetNanoseconds / 1_000_000,
  }
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** 1 January 1970. */
const thursday = 4

/** Where a moment stands on the wall. `weekday`: 0 is Sunday. */
export function onWall(at: number, offset: number) {
  const wall = at + offset
  const midnight = Math.floor(wall / day) * day
  return { midnight, sinceMidnight: wall - midnight, weekday: (midnight / day + thursday) % 7 }
}
