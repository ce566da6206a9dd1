import type { Say } from '../texts.ts'

const language = () => document.documentElement.lang || undefined

export const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' })

/** The same for two moments of one day where the reader is. */
export const dayOf = (iso: string): string => new Date(iso).toDateString()

/** `today` and `yesterday` by their names. */
export function dayName(iso: string, say: Say, now = Date.now()): string {
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  const day = dayOf(iso)
  if (day === new Date(now).toDateString()) return say('today')
  if (day === yesterday.toDateString()) return say('yesterday')
  const isThisYear = new Date(iso).getFullYear() === new Date(now).getFullYear()
  return new Date(iso).toLocaleDateString(language(), {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    ...(!isThisYear && { year: 'numeric' }),
  })
}
