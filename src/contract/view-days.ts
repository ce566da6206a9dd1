import type { ViewPeriod } from './analytics.ts'

/** `2026-11-30`, both of them in it. */
export interface Days {
  from: string
  until: string
}

const dayMs = 86_400_000
const atMidnight = (day: string) => new Date(`${day}T00:00:00Z`)
const textOf = (at: Date) => at.toISOString().slice(0, 10)
const plusDays = (day: string, days: number) => textOf(new Date(atMidnight(day).getTime() + days * dayMs))
const firstOfMonth = (day: string, months = 0) => {
  const at = atMidnight(day)
  return textOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)))
}
const upToYesterday = (days: number) => (today: string) => ({
  from: plusDays(today, -days),
  until: plusDays(today, -1),
})

const periods: Readonly<Record<ViewPeriod, (today: string) => Days>> = {
  today: (today) => ({ from: today, until: today }),
  yesterday: upToYesterday(1),
  // Whole days: one that has only just begun would stand beside whole ones.
  '7_days': upToYesterday(7),
  '30_days': upToYesterday(30),
  '90_days': upToYesterday(90),
  this_month: (today) => ({ from: firstOfMonth(today), until: today }),
  last_month: (today) => ({ from: firstOfMonth(today, -1), until: plusDays(firstOfMonth(today), -1) }),
  year: upToYesterday(365),
}

/** The days that a view is of, as of `today`. */
export const daysOf = (period: ViewPeriod, today: string): Days => periods[period](today)
