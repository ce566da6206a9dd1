import { common, type Days, daysOfMonth } from '../../../../src/contract/view-days.ts'

/** What the lines of a report by time are. */
export type Stretch = 'hour' | 'day' | 'month'

const dayMs = 86_400_000

/** The day on the clock of whoever looks. */
export function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

export const howMany = ({ from, until }: Days): number => (Date.parse(until) - Date.parse(from)) / dayMs + 1

/** So that a line of the chart has neither one point nor hundreds. */
export function stretchOf(days: Days): Stretch {
  const count = howMany(days)
  if (count <= 2) return 'hour'
  return count <= 92 ? 'day' : 'month'
}

/** The days that a line of a report by time is of, as far as they are in the period. */
export function daysOfLine(stretch: Stretch, key: string, period: Days): Days {
  const day = key.slice(0, 10)
  if (stretch !== 'month') return { from: day, until: day }
  return common(daysOfMonth(key), period) ?? period
}
