import type { Visitor } from '../../contract/event.ts'
import { knownZone } from '../../contract/hours.ts'
import { clockInZone } from '../../platform/clock-in-zone.ts'

/** Times on one clock. */
export interface LocalTime {
  zone: string
  /** ISO 8601 with the zone's offset at that time, to the second. */
  iso(at: Date): string
  /** In the words of the visitor's language. */
  day(at: Date): string
  clock(at: Date): string
}

const fallback = { zone: 'UTC', locale: 'en-GB' }

const knownLocale = (locale: string): boolean => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  } catch {
    return false
  }
}

/** What a browser says of itself may be anything: a zone or a language that nobody knows is as good as none. */
export function localTime({ timeZone, locale }: Pick<Visitor, 'timeZone' | 'locale'>): LocalTime {
  const zone = timeZone !== undefined && knownZone(timeZone) ? timeZone : fallback.zone
  const language = locale !== undefined && knownLocale(locale) ? locale : fallback.locale
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: zone })
  const day = format({ dateStyle: 'full' })
  const clock = format({ timeStyle: 'short' })
  const parts = clockInZone(zone, 'longOffset')
  return {
    zone,
    iso(at) {
      const of = parts(at)
      const offset = String(of.timeZoneName).replace('GMT', '') || '+00:00'
      return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}${offset}`
    },
    day: (at) => day.format(at),
    clock: (at) => clock.format(at),
  }
}
