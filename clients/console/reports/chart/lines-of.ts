import type { Report } from '../../../../src/contract/analytics.ts'
import { dayOf, type Stretch } from '../question/period.ts'
import { keyWords } from './key-words.ts'
import type { DrawnLine } from './options.ts'

/** A chart's stretches of time, with one metric. What is still to come has no figure, though the service counts none of it. */
export function linesOf({ rows }: Pick<Report, 'rows'>, stretch: Stretch, id: string, now: Date): DrawnLine[] {
  const thisHour = `${dayOf(now)}T${String(now.getHours()).padStart(2, '0')}`
  const isToCome = (key: string) => key.slice(0, thisHour.length) > thisHour
  return rows.map(({ key, values, before }) => {
    const value = values[id]?.value ?? null
    return {
      key,
      short: keyWords.short(stretch, key),
      whole: keyWords.whole(stretch, key),
      // An inbox may be hours ahead of whoever looks.
      now: value === 0 && isToCome(key) ? null : value,
      before: before?.[id]?.value ?? null,
    }
  })
}
