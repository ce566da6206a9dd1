import type { Days } from '../../../../src/contract/view-days.ts'
import { locale } from '../locale.ts'
import type { Stretch } from '../question/period.ts'

const utc = { timeZone: 'UTC' } as const

/** What stands for a line's key, in the words of a locale. */
export function createKeyWords(locale: string) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...utc, ...options })
  const clock = format({ hour: '2-digit', minute: '2-digit' })
  const dayAndClock = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const shortDay = format({ day: 'numeric', month: 'short' })
  const longDay = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const shortMonth = format({ month: 'short', year: 'numeric' })
  const longMonth = format({ month: 'long', year: 'numeric' })
  const range = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const shortWeekday = format({ weekday: 'short' })
  const longWeekday = format({ weekday: 'long' })
  // The first of January 2024 was a Monday.
  const weekday = (number: number) => new Date(Date.UTC(2024, 0, number))
  const clockAt = (hour: number) => clock.format(new Date(Date.UTC(2024, 0, 1, hour)))

  return {
    /** Below the chart. */
    short: (stretch: Stretch, key: string): string =>
      told({ hour: clock, day: shortDay, month: shortMonth }[stretch], stretch, key),
    /** In a table, and where one points. */
    whole: (stretch: Stretch, key: string): string =>
      told({ hour: dayAndClock, day: longDay, month: longMonth }[stretch], stretch, key),
    range: ({ from, until }: Days): string =>
      from === until ? range.format(new Date(from)) : range.formatRange(new Date(from), new Date(until)),
    /** 1: Monday. */
    weekdays: [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      number,
      short: shortWeekday.format(weekday(number)),
      long: longWeekday.format(weekday(number)),
    })),
    /** `09:00`, or `9 AM`. */
    hour: clockAt,
    /** `Monday, 09:00`, of `1-09`. */
    hourOfWeek: (key: string): string =>
      `${longWeekday.format(weekday(Number(key[0])))}, ${clockAt(Number(key.slice(2)))}`,
  }
}

/** The clock of the inbox stands in the key, and is not told in the browser's zone. */
function told(format: Intl.DateTimeFormat, stretch: Stretch, key: string): string {
  const at = new Date(stretch === 'hour' ? `${key.slice(0, 16)}Z` : key)
  return Number.isNaN(at.getTime()) ? key : format.format(at)
}

export const keyWords = createKeyWords(locale)
