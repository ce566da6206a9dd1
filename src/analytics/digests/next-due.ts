import { Temporal } from 'temporal-polyfill'
import type { Digest } from '../../contract/analytics.ts'

type Times = Pick<Digest, 'every' | 'at' | 'timeZone'>

/**
 * When a digest is due next after a moment, on the clock of its zone. A time that the clock leaps over is the moment of the
 * leap; one that it shows twice is the first.
 */
export function nextDue({ every, at, timeZone }: Times, after: Date): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone)
  for (let day = firstFrom(every, here.toPlainDate()); ; day = oneLater(every, day)) {
    const due = momentOf(day.toPlainDateTime(Temporal.PlainTime.from(at)), timeZone)
    // The leap at the end of a day ends in the next one, which has a time of its own.
    const isOfNext = every === 'day' && !due.toPlainDate().equals(day)
    if (due.epochMilliseconds > after.getTime() && !isOfNext) return new Date(due.epochMilliseconds)
  }
}

/** The day on the clock of a zone, such as `2026-11-30`. */
export const dayAt = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()

function momentOf(wall: Temporal.PlainDateTime, timeZone: string): Temporal.ZonedDateTime {
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(wall)) return earlier
  return earlier.getTimeZoneTransition('next') ?? wall.toZonedDateTime(timeZone)
}

function firstFrom(every: Digest['every'], day: Temporal.PlainDate): Temporal.PlainDate {
  switch (every) {
    case 'day':
      return day
    case 'week':
      return day.add({ days: (8 - day.dayOfWeek) % 7 })
    case 'month':
      return day.day === 1 ? day : oneLater('month', day.with({ day: 1 }))
  }
}

function oneLater(every: Digest['every'], day: Temporal.PlainDate): Temporal.PlainDate {
  switch (every) {
    case 'day':
      return day.add({ days: 1 })
    case 'week':
      return day.add({ weeks: 1 })
    case 'month':
      return day.add({ months: 1 })
  }
}
