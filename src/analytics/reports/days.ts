import { Temporal } from 'temporal-polyfill'
import { type Days, plusDays } from '../../contract/view-days.ts'
import { dayMs, hourMs, remembering } from '../calendar/calendar.ts'

const date = (day: string) => Temporal.PlainDate.from(day)

export const nextDay = (day: string): string => plusDays(day, 1)
export const dayBefore = (day: string): string => plusDays(day, -1)
export const lengthOf = ({ from, until }: Days): number =>
  date(from).until(date(until), { largestUnit: 'days' }).days + 1

/** All of them, in order. */
export function* eachDay({ from, until }: Days): Generator<string> {
  for (let day = from; day <= until; day = nextDay(day)) yield day
}

/** Months of which at least a day is in it, in order: `2026-11`. */
export function* eachMonth({ from, until }: Days): Generator<string> {
  const last = date(until).toPlainYearMonth()
  let month = date(from).toPlainYearMonth()
  for (; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) yield month.toString()
}

export const areWholeMonths = (days: Days): boolean => date(days.from).day === 1 && date(nextDay(days.until)).day === 1

/** The days to compare with: as many before these, whole months before whole months, or the same ones a year earlier. */
export function comparedWith(days: Days, compare: 'previous' | 'year'): Days {
  const [from, until] = [date(days.from), date(days.until)]
  if (compare === 'year')
    return { from: from.subtract({ years: 1 }).toString(), until: until.subtract({ years: 1 }).toString() }
  if (areWholeMonths(days)) {
    const months = [...eachMonth(days)].length
    const first = from.subtract({ months })
    const last = from.subtract({ days: 1 })
    return { from: first.toString(), until: last.toString() }
  }
  const length = lengthOf(days)
  return { from: from.subtract({ days: length }).toString(), until: until.subtract({ days: length }).toString() }
}

/** When a day begins on a zone's clock. Epoch ms */
export const beginningOf = (day: string, timeZone: string): number =>
  date(day).toZonedDateTime(timeZone).epochMilliseconds

/** How long stretches are on a zone's clock, as far as they are over. ms */
export interface Lengths {
  ofDays(days: Days): number
  /** All of the day that the clock shows as this hour: nothing where it leaps over it, twice as much where it repeats it. */
  ofHour(day: string, hour: number): number
}

/** `now`: epoch ms. */
export function lengthsIn(timeZone: string, now: number): Lengths {
  // Each day ends where the next begins, which is asked for next.
  const beginning = remembering((day: string) => beginningOf(day, timeZone))
  const bounds = remembering((day: string) => ({ from: beginning(day), until: beginning(nextDay(day)) }))
  const soFar = (from: number, until: number) => Math.max(0, Math.min(until, now) - from)
  return {
    ofDays: ({ from, until }) => soFar(beginning(from), beginning(nextDay(until))),
    ofHour(day, hour) {
      const { from, until } = bounds(day)
      if (until - from === dayMs) return soFar(from + hour * hourMs, from + (hour + 1) * hourMs)
      const at = (of: number) => (of === 24 ? until : momentOf(day, of, timeZone))
      return soFar(at(hour), at(hour + 1))
    },
  }
}

const momentOf = (day: string, hour: number, timeZone: string): number =>
  date(day).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds
