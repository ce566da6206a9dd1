/** The parts of a time on the clock of a zone, such as `{year: '2026', hour: '09', timeZoneName: 'CET'}`; two digits each but the year. */
export function clockInZone(
  timeZone: string,
  timeZoneName: 'short' | 'longOffset',
): (at: Date) => Record<string, string | undefined> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName,
  })
  return (at) => Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}
