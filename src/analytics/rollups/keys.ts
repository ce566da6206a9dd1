import type { Calendar } from '../calendar/calendar.ts'

/** `2026-11-30T09:00+01:00`: an hour that the clock repeats has two. */
export function hourKey(start: number, { hourOf }: Calendar): string {
  const { day, hour } = hourOf(start)
  const wall = Date.parse(`${day}T${two(hour)}:00Z`)
  const minutes = Math.round((wall - start) / 60_000)
  return `${day}T${two(hour)}:00${offset(minutes)}`
}

export const dayOf = (key: string): string => key.slice(0, 10)
export const monthOf = (key: string): string => key.slice(0, 7)

const two = (value: number) => String(value).padStart(2, '0')

const offset = (minutes: number) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
