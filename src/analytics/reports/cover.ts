import { common, type Days, daysOfMonth } from '../../contract/view-days.ts'
import type { Stretch } from '../rollups/stored.ts'
import { dayBefore, eachMonth, nextDay } from './days.ts'

/** As few roll-ups as say it: whole months, and the days that are left on both sides. */
export function coverOf(days: Days): Stretch[] {
  const whole = [...eachMonth(days)].filter((month) => {
    const all = daysOfMonth(month)
    return all.from >= days.from && all.until <= days.until
  })
  const [first, last] = [whole[0], whole.at(-1)]
  if (first === undefined || last === undefined) return [{ grain: 'day', ...days }]
  const rest = (part: Days): Stretch[] => {
    const inside = common(part, days)
    return inside ? [{ grain: 'day', ...inside }] : []
  }
  return [
    ...rest({ from: days.from, until: dayBefore(daysOfMonth(first).from) }),
    { grain: 'month', from: first, until: last },
    ...rest({ from: nextDay(daysOfMonth(last).until), until: days.until }),
  ]
}
