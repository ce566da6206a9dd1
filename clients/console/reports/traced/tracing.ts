import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import type { AskedChats } from '../calls.ts'
import { asFilter } from '../question/address.ts'
import { narrowedBy, type Question, type SplitBy } from '../question/question.ts'

/** A figure whose chats are asked for. `about`: of whom, at which hour, which days. */
export interface Tracing {
  metric: ShownMetric
  asked: AskedChats
  about: string
}

/** The chats of one line are those of the question, and of what the line is of. */
export function askedOfLine(question: Question, days: Days, metric: string, by: SplitBy, row: ReportRow): AskedChats {
  if (by === 'hour_of_week') return { days, narrowed: narrowedBy(question), metric, hour: row.key }
  const narrowed = by === 'inbox' ? { ...question, inboxes: [row.key] } : { ...question, filter: asFilter(by, row.key) }
  return { days, narrowed: narrowedBy(narrowed), metric }
}
