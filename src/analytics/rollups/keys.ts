import type { Calendar, LocalHour } from '../calendar/calendar.ts'

/** `2026-11-30T09:00+01:00`: an hour that the clock repeats has two. */
export function hourKey(start: number, { hourOf }: Calendar): string {
  const { day, hour } = hourOf(start)
  const wall = Date.parse(`${day}T${two(hour)}:00Z`)
  const minutes = Math.round((wall - start) / 60_000)
  return `${day}T${two(hour)}:00${offset(minutes)}`
}

/** The lines of reports that an hour belongs to: `2026-11-30T09:00`, `09` of any day, and `1-09` of any Monday. */
export function linesOfHour(key: string): string[] {
  const hour = key.slice(11, 13)
  return [key.slice(0, 16), hour, clockKey({ weekday: weekdayOf(dayOf(key)), hour: Number(hour) })]
}

/** `1-09`: Mondays at nine. */
export const clockKey = ({ weekday, hour }: Pick<LocalHour, 'weekday' | 'hour'>): string => `${weekday}-${two(hour)}`

/** Of a day such as `2026-11-30`; 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7
export const dayOf = (key: string): string => key.slice(0, 10)
export const monthOf = (key: string): string => key.slice(0, 7)

const two = (value: number) => String(value).padStart(2, '0')

const offset = (minutes: number) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
