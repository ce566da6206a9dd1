/** What the clock shows where somebody is, such as `14:05 on Tuesday`; null where the zone is none that is known here. */
export function localTimeIn(timeZone: string, now: number): string | null {
  try {
    const part = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(now)
    return `${part({ hour: '2-digit', minute: '2-digit' })} on ${part({ weekday: 'long' })}`
  } catch {
    return null
  }
}
