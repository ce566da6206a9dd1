import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import type { AskedChats } from '../calls.ts'
import { keyWords } from '../chart/key-words.ts'
import { asFilter } from '../question/address.ts'
import { daysOfLine, stretchOf } from '../question/period.ts'
import { narrowedBy, type Question, type SplitBy } from '../question/question.ts'

/** A figure whose chats are asked for. `about`: of whom, at which hour, which days. */
export interface Tracing {
  metric: ShownMetric
  asked: AskedChats
  about: string
}

/** All chats of the question in these days. */
export const tracingOf = (question: Question, days: Days, metric: ShownMetric): Tracing => ({
  metric,
  asked: { days, narrowed: narrowedBy(question), metric: metric.id },
  about: keyWords.range(days),
})

/** Those of one stretch of the chart. */
export function tracingOfLine(question: Question, period: Days, metric: ShownMetric, key: string): Tracing {
  const stretch = stretchOf(period)
  const tracing = tracingOf(question, daysOfLine(stretch, key, period), metric)
  if (stretch !== 'hour') return tracing
  const about = `${keyWords.hour(Number(key.slice(11, 13)))}, ${tracing.about}`
  return { ...tracing, asked: { ...tracing.asked, hour: key }, about }
}

/** Those of a line of what is told apart: of the question, and of what the line is of. */
export function tracingOfRow(
  question: Question,
  days: Days,
  metric: ShownMetric,
  by: SplitBy,
  row: ReportRow,
): Tracing {
  return {
    metric,
    asked: askedOfRow(question, days, metric.id, by, row),
    about: `${row.label}, ${keyWords.range(days)}`,
  }
}

function askedOfRow(question: Question, days: Days, metric: string, by: SplitBy, row: ReportRow): AskedChats {
  if (by === 'hour_of_week') return { days, narrowed: narrowedBy(question), metric, hour: row.key }
  const narrowed = by === 'inbox' ? { ...question, inboxes: [row.key] } : { ...question, filter: asFilter(by, row.key) }
  return { days, narrowed: narrowedBy(narrowed), metric }
}
