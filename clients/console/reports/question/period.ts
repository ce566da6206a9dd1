import type { Days } from '../../../../src/contract/view-days.ts'

/** What the lines of a report by time are. */
export type Stretch = 'hour' | 'day' | 'month'

const dayMs = 86_400_000
const plus = (day: string, days: number): string => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`
const lastOfMonth = (day: string): string => plus(firstOfMonth(plus(firstOfMonth(day), 31)), -1)

/** The day on the clock of whoever looks. */
export function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

const howMany = ({ from, until }: Days): number => (Date.parse(until) - Date.parse(from)) / dayMs + 1

/** So that a line of the chart has neither one point nor hundreds. */
export function stretchOf(days: Days): Stretch {
  const count = howMany(days)
  if (count <= 2) return 'hour'
  return count <= 92 ? 'day' : 'month'
}

// Days as text are in the order of the calendar.
const earliest = (one: string, other: string): string => (one < other ? one : other)
const latest = (one: string, other: string): string => (one < other ? other : one)

/** The days that a line of a report by time is of, as far as they are in the period. */
export function daysOfLine(stretch: Stretch, key: string, period: Days): Days {
  const day = key.slice(0, 10)
  if (stretch !== 'month') return { from: day, until: day }
  const [from, until] = [`${key}-01`, lastOfMonth(`${key}-01`)]
  return { from: latest(from, period.from), until: earliest(until, period.until) }
}
