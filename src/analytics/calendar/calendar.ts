import type { Hours } from '../../contract/hours.ts'
import { openings, type Stable, stableStretches } from '../../platform/opening-hours.ts'
import { covered } from './span.ts'

/** An hour on an inbox's wall. */
export interface LocalHour {
  /** Epoch ms. */
  start: number
  /** `2026-11-30` */
  day: string
  /** 0 to 23. */
  hour: number
  /** 1 is Monday. */
  weekday: number
}

/** How an inbox tells time. */
export interface Calendar {
  id: string
  timeZone: string
  /** ms of `[from, until)` in which it is open; without hours, all of them. */
  businessMs(from: number, until: number): number
  hourOf(at: number): LocalHour
}

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** Days of which it is remembered what they are like. */
const mostDays = 5_000

/** `hours` null: always open. */
export function createCalendar({
  id,
  timeZone,
  hours,
}: {
  id: string
  timeZone: string
  hours: Hours | null
}): Calendar {
  const open = remembering((start: number) => (hours ? openings(hours, start, start + dayMs) : []))
  const stable = remembering((start: number) => stableStretches(timeZone, start, start + dayMs))

  return {
    id,
    timeZone,
    businessMs(from, until) {
      if (until <= from) return 0
      if (!hours) return until - from
      let sum = 0
      for (let start = startOfDay(from); start < until; start += dayMs) sum += covered(open(start), from, until)
      return sum
    },
    hourOf(at) {
      const here = stable(startOfDay(at)).find((stretch) => at >= stretch.from && at < stretch.until)
      if (!here) throw new Error(`${timeZone} has no clock at ${at}`)
      return hourIn(here, at)
    },
  }
}

const startOfDay = (at: number) => Math.floor(at / dayMs) * dayMs

/** An hour in which the clock jumps is two of them. */
function hourIn({ from, offset }: Stable, at: number): LocalHour {
  const wall = Math.floor((at + offset) / hourMs) * hourMs
  const onWall = new Date(wall)
  // The stretch was cut at UTC's midnight, which is within an hour where the offset is no whole one.
  const isCut = from === startOfDay(from)
  return {
    start: isCut ? wall - offset : Math.max(from, wall - offset),
    day: onWall.toISOString().slice(0, 10),
    hour: onWall.getUTCHours(),
    weekday: onWall.getUTCDay() || 7,
  }
}

/** When the hour of a moment ends: where the clock jumps, sooner. Epoch ms */
export function endOfHour(at: number, { hourOf }: Pick<Calendar, 'hourOf'>): number {
  const { start } = hourOf(at)
  const next = hourOf(start + hourMs)
  return next.start > at ? next.start : start + hourMs
}

/** Makes of each day once what it is like. */
export function remembering<Day, T>(make: (day: Day) => T): (day: Day) => T {
  const known = new Map<Day, T>()
  return (day) => {
    const before = known.get(day)
    if (before !== undefined) return before
    if (known.size >= mostDays) known.clear()
    const made = make(day)
    known.set(day, made)
    return made
  }
}
