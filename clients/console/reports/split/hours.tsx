import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import { List } from '../../parts/list.tsx'
import { type Asking, useAnswer } from '../answer.ts'
import type { ReportCalls } from '../calls.ts'
import { keyWords } from '../chart/key-words.ts'
import { narrowedBy, type Question } from '../question/question.ts'
import { HeatMap } from './heat-map.tsx'
import { NothingApart } from './nothing-apart.tsx'

interface HoursProps {
  calls: ReportCalls
  asking: Asking
  question: Question
  days: Days
  /** No percentile: none is kept by the hour of the week. */
  metric: ShownMetric
  onTrace(metric: ShownMetric, row: ReportRow): void
}

/** One figure by the hours of the week. */
export function Hours({ calls, asking, question, days, metric, onTrace }: HoursProps) {
  const asked = { days, narrowed: narrowedBy(question), by: 'hour_of_week', metrics: [metric.id] } as const
  const loaded = useAnswer(asked, asking, calls.report)
  return (
    <>
      <p class="hint">{metric.title}, each hour on the clock of its inbox.</p>
      <List loaded={loaded} isEmpty={({ rows }) => rows.length === 0} empty={<NothingApart />}>
        {({ rows }) => <HeatMap {...{ metric }} rows={rows.map(withWords)} onTrace={(row) => onTrace(metric, row)} />}
      </List>
    </>
  )
}

const withWords = (row: ReportRow): ReportRow => ({ ...row, label: keyWords.hourOfWeek(row.key) })
