import type { ReportBy } from '../../contract/analytics.ts'
import { common, type Days, daysOfMonth } from '../../contract/view-days.ts'
import { hourMs } from '../calendar/calendar.ts'
import { dayOf, monthOf } from '../rollups/keys.ts'
import type { Stretch } from '../rollups/stored.ts'
import { coverOf } from './cover.ts'
import { eachDay, eachMonth } from './days.ts'

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
  /** The days of a line; null: each is as long as `lengthMs`. */
  daysOf(key: string, days: Days): Days | null
  lengthMs: number
  /** How much of its days a line is. */
  partOf(key: string): number
}

export function bucketsOf(by: ReportBy, days: Days): Buckets {
  const cover = coverOf(days)
  const whole = { cover, stretches: cover, lengthMs: 0, partOf: () => 1 }
  switch (by) {
    case 'hour': {
      const keys = [...eachDay(days)].flatMap((day) => hours.map((hour) => `${day}T${hour}:00`))
      const stretches: Stretch[] = [{ grain: 'hour', ...days }]
      // Without its offset: hours of inboxes in several zones stand in one line.
      return {
        ...{ ...whole, keys, stretches, lengthMs: hourMs },
        keyOf: ({ key }) => key.slice(0, 16),
        daysOf: () => null,
      }
    }
    case 'day':
      return {
        ...{ ...whole, stretches: [{ grain: 'day', ...days }], keys: [...eachDay(days)] },
        keyOf: ({ key }) => dayOf(key),
        daysOf: (key) => ({ from: key, until: key }),
      }
    case 'month':
      return {
        ...{ ...whole, keys: [...eachMonth(days)] },
        keyOf: ({ key }) => monthOf(key),
        daysOf: (key) => common(daysOfMonth(key), days),
      }
    case 'inbox':
      return { ...whole, keys: [], keyOf: ({ inbox }) => inbox, daysOf: () => days }
    case 'agent':
    case 'team':
    case 'channel':
    case 'tag':
      return { ...whole, keys: [], keyOf: ({ value }) => value, daysOf: () => days }
    case 'hour_of_day':
      return {
        ...{ ...whole, keys: hours, partOf: () => 1 / 24 },
        keyOf: ({ value }) => value.slice(2),
        daysOf: () => days,
      }
    case 'hour_of_week': {
      const shares = sharesOf(days)
      return {
        ...{ ...whole, keys: week, partOf: (key: string) => (shares.get(Number(key[0])) ?? 0) / 24 },
        keyOf: ({ value }) => value,
        daysOf: () => days,
      }
    }
  }
}

/** How much of the days each one of the week is. */
function sharesOf(days: Days): ReadonlyMap<number, number> {
  const all = [...eachDay(days)]
  const weekdays = Map.groupBy(all, (day) => new Date(day).getUTCDay() || 7)
  return new Map([...weekdays].map(([weekday, of]) => [weekday, of.length / all.length]))
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => hours.map((hour) => `${weekday}-${hour}`))
