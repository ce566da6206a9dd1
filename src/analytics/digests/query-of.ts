import { ReportQuery } from '../../contract/analytics.ts'
import { parseInput } from '../../contract/parse.ts'
import { daysOf } from '../../contract/view-days.ts'
import { lineOf } from '../reports/line-of.ts'
import type { StoredView } from '../views/stored.ts'

type Asked = Pick<StoredView, 'period' | 'inboxes' | 'filter' | 'by' | 'hours' | 'compare' | 'metrics'>

/** What a view asks for on a day such as `2026-11-30`. Throws `invalid_input` for what no report answers. */
export function queryOf(view: Asked, today: string): ReportQuery {
  const query = parseInput(ReportQuery, {
    ...daysOf(view.period, today, { whole: true }),
    by: view.by,
    hours: view.hours,
    metrics: view.metrics.join(','),
    ...(view.inboxes.length > 0 && { inbox: view.inboxes.join(',') }),
    ...(view.filter && { [view.filter.kind]: view.filter.value }),
    ...(view.compare && { compare: view.compare }),
  })
  lineOf(query)
  return query
}
