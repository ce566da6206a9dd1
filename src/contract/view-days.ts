import type { ViewPeriod } from './analytics.ts'

/** `2026-11-30`, both of them in it. */
export interface Days {
  from: string
  until: string
}

const dayMs = 86_400_000
const atMidnight = (day: string) => new Date(`${day}T00:00:00Z`)
const textOf = (at: Date) => at.toISOString().slice(0, 10)
export const plusDays = (day: string, days: number): string =>
  textOf(new Date(atMidnight(day).getTime() + days * dayMs))
const firstOfMonth = (day: string, months = 0) => {
  const at = atMidnight(day)
  return textOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)))
}

/** Of a month such as `2026-11`. */
export const daysOfMonth = (month: string): Days => ({
  from: `${month}-01`,
  until: plusDays(firstOfMonth(`${month}-01`, 1), -1),
})

// Days as text are in the order of the calendar.
const earliest = (one: string, other: string): string => (one < other ? one : other)
const latest = (one: string, other: string): string => (one < other ? other : one)

/** What both have; null: nothing. */
export function common(one: Days, other: Days): Days | null {
  const from = latest(one.from, other.from)
  const until = earliest(one.until, other.until)
  return from <= until ? { from, until } : null
}

/**
 * The days that a view is of, as of `today`. `whole`: without the day that has only just begun, which would stand beside
 * whole ones in a digest.
 */
export function daysOf(period: ViewPeriod, today: string, { whole }: { whole: boolean } = { whole: false }): Days {
  const until = whole ? plusDays(today, -1) : today
  const last = (days: number): Days => ({ from: plusDays(until, 1 - days), until })
  switch (period) {
    case 'today':
      return { from: today, until: today }
    case 'yesterday':
      return { from: plusDays(today, -1), until: plusDays(today, -1) }
    case '7_days':
      return last(7)
    case '30_days':
      return last(30)
    case '90_days':
      return last(90)
    case 'this_month':
      return { from: firstOfMonth(today), until: today }
    case 'last_month':
      return { from: firstOfMonth(today, -1), until: plusDays(firstOfMonth(today), -1) }
    case 'year':
      return last(365)
  }
}
