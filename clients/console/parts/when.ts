const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** `3 hours ago`, `in 2 days`; a date once that says more. */
export function timeAgo(iso: string, now: number): string {
  const ms = Date.parse(iso) - now
  if (Math.abs(ms) >= 30 * 86_400_000) return onDay(iso)
  const [unit, size] = units.find(([, least]) => Math.abs(ms) >= least) ?? []
  if (!unit || !size) return ms > 0 ? 'in a moment' : 'just now'
  return new Intl.RelativeTimeFormat('en').format(Math.round(ms / size), unit)
}

export const onDay = (iso: string): string =>
  new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** `14:05` of today, `29 Nov` of this year, else with the year. */
export function inShort(iso: string, now: number): string {
  const [at, today] = [new Date(iso), new Date(now)]
  if (at.toDateString() === today.toDateString())
    return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (at.getFullYear() !== today.getFullYear()) return onDay(iso)
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}

/** To the second, in the browser's own time zone. */
export const exactly = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
