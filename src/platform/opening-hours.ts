import { Temporal } from 'temporal-polyfill'
import type { Hours, Opening } from '../contract/hours.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How far ahead an opening is looked for. Days */
const horizon = 366

/**
 * Whether the clock on the inbox's wall stands within an opening: an hour that a change of the clock leaves out is left
 * out, one that it repeats counts twice. `at`: epoch ms. Without hours it is always open.
 */
export const isOpen = (hours: Hours | null, at: number): boolean =>
  hours === null || openings(hours, at, at + 1).length > 0

/** The first moment from `at` on at which it is open, epoch ms; `at` itself when that is so. Null: not within a year. */
export function nextOpening(hours: Hours | null, at: number): number | null {
  if (hours === null) return at
  for (let days = 0; days <= horizon; days += 1) {
    const [first] = openings(hours, at + days * day, at + (days + 1) * day)
    if (first) return first.from
  }
  return null
}

export interface Stretch {
  /** Epoch ms. `until` is the first moment after it. */
  from: number
  until: number
}

/** When it is open between two moments, in order. */
export function openings(hours: Hours, from: number, until: number): Stretch[] {
  return stableStretches(hours.timeZone, from, until)
    .flatMap((stable) => openIn(hours, stable))
    .sort((a, b) => a.from - b.from)
}

/** A stretch in which the wall's clock runs without a jump, `offset` ms ahead of UTC. */
export interface Stable extends Stretch {
  offset: number
}

export function stableStretches(timeZone: string, from: number, until: number): Stable[] {
  const parts: Stable[] = []
  for (let start = from; start < until; ) {
    const here = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone)
    const change = here.getTimeZoneTransition('next')?.epochMilliseconds ?? until
    const end = Math.min(change, until)
    parts.push({ from: start, until: end, offset: here.offsetNanoseconds / 1_000_000 })
    start = end
  }
  return parts
}

/** The wall's times are taken for UTC here, so that they can be reckoned with; `offset` leads back. */
function openIn(hours: Hours, { from, until, offset }: Stable): Stretch[] {
  const found: Stretch[] = []
  const lastWall = until - 1 + offset
  for (let midnight = startOfDay(from + offset); midnight <= lastWall; midnight += day) {
    for (const opening of openingsOn(hours, midnight)) {
      const stretch = {
        from: Math.max(from, midnight + clockOf(opening.from) - offset),
        until: Math.min(until, midnight + clockOf(opening.to) - offset),
      }
      if (stretch.from < stretch.until) found.push(stretch)
    }
  }
  return found
}

const startOfDay = (wall: number): number => Math.floor(wall / day) * day

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

function openingsOn({ weekly, holidays }: Hours, midnight: number): readonly Opening[] {
  const date = new Date(midnight)
  const isoDate = date.toISOString().slice(0, 10)
  const holiday = holidays.find((one) => one.date === isoDate)
  return holiday
    ? holiday.openings
    : weekdays.flatMap((name, index) => (index === date.getUTCDay() ? weekly[name] : []))
}

/** ms from midnight; `24:00` is the next one. */
function clockOf(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * hour + (minutes ?? 0) * minute
}
