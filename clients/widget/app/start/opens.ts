const day = 86_400_000

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)

/** When it opens, by the visitor's own clock and in their language: today, tomorrow, a weekday, or a date. */
export function whenItOpens(iso: string, now: number, language: string): string {
  const at = Date.parse(iso)
  const days = Math.round((midnight(at) - midnight(now)) / day)
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at)
  if (days < 2) return `${new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')}, ${time}`
  const date = days < 7 ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const)
  return `${new Intl.DateTimeFormat(language, date).format(at)}, ${time}`
}
