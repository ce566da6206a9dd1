import type { ReportBy } from '../../contract/analytics.ts'
import { common, type Days, daysOfMonth } from '../../contract/view-days.ts'
import { dayOf, monthOf, weekdayOf } from '../rollups/keys.ts'
import type { Stretch } from '../rollups/stored.ts'
import { coverOf } from './cover.ts'
import { eachDay, eachMonth, type Lengths } from './days.ts'

/** Where a cell stands: in an inbox's roll-up with a key, and of what it is there. */
interface CellPlace {
  inbox: string
  key: string
  value: string
}

/** What a report's lines are, and which roll-ups they are read from. */
export interface Buckets {
  /** Lines that there are in any case. */
  keys: readonly string[]
  keyOf(cell: CellPlace): string
  stretches: readonly Stretch[]
  /** As few as say all of the period. */
  cover: readonly Stretch[]
  /** How long a line is, as far as it is over. ms */
  lengthOf(key: string, lengths: Lengths): number
}

export function bucketsOf(by: ReportBy, days: Days): Buckets {
  const cover = coverOf(days)
  const ofAll = (lengths: Lengths) => lengths.ofDays(days)
  const whole = { cover, stretches: cover, lengthOf: (_: string, lengths: Lengths) => ofAll(lengths) }
  switch (by) {
    case 'hour':
      return {
        ...whole,
        keys: [...eachDay(days)].flatMap((day) => hours.map((hour) => `${day}T${hour}:00`)),
        stretches: [{ grain: 'hour', ...days }],
        // Without its offset: hours of inboxes in several zones stand in one line.
        keyOf: ({ key }) => key.slice(0, 16),
        lengthOf: (key, lengths) => lengths.ofHour(dayOf(key), Number(key.slice(11, 13))),
      }
    case 'day':
      return {
        ...whole,
        stretches: [{ grain: 'day', ...days }],
        keys: [...eachDay(days)],
        keyOf: ({ key }) => dayOf(key),
        lengthOf: (key, lengths) => lengths.ofDays({ from: key, until: key }),
      }
    case 'month':
      return {
        ...whole,
        keys: [...eachMonth(days)],
        keyOf: ({ key }) => monthOf(key),
        lengthOf: (key, lengths) => lengths.ofDays(common(daysOfMonth(key), days) ?? days),
      }
    case 'inbox':
      return { ...whole, keys: [], keyOf: ({ inbox }) => inbox }
    case 'agent':
    case 'team':
    case 'channel':
    case 'tag':
      return { ...whole, keys: [], keyOf: ({ value }) => value }
    case 'hour_of_day': {
      const all = [...eachDay(days)]
      return {
        ...whole,
        keys: hours,
        keyOf: ({ value }) => value.slice(2),
        lengthOf: (key, lengths) => sumOf(all, (day) => lengths.ofHour(day, Number(key))),
      }
    }
    case 'hour_of_week': {
      const weekdays = Map.groupBy(eachDay(days), weekdayOf)
      return {
        ...whole,
        keys: week,
        keyOf: ({ value }) => value,
        lengthOf: (key, lengths) =>
          sumOf(weekdays.get(Number(key[0])) ?? [], (day) => lengths.ofHour(day, Number(key.slice(2)))),
      }
    }
  }
}

const sumOf = (days: readonly string[], lengthOf: (day: string) => number): number =>
  days.reduce((sum, day) => sum + lengthOf(day), 0)

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => hours.map((hour) => `${weekday}-${hour}`))
