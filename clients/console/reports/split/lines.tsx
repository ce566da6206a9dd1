import { useState } from 'preact/hooks'
import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import { List } from '../../parts/list.tsx'
import { type Asking, useAnswer } from '../answer.ts'
import type { ReportCalls } from '../calls.ts'
import { tilesOf } from '../figures/tiles-of.ts'
import { nameOfLine, narrowedBy, type Question, type SplitBy, splitNames } from '../question/question.ts'
import { NothingApart } from './nothing-apart.tsx'
import type { Sort } from './sorted.ts'
import { SplitTable } from './split-table.tsx'

interface LinesProps {
  calls: ReportCalls
  asking: Asking
  question: Question
  days: Days
  by: SplitBy
  metrics: readonly ShownMetric[]
  drawn: ShownMetric
  onTrace(metric: ShownMetric, row: ReportRow): void
}

/** A line for each inbox, each agent, or whatever the figures are told apart by. */
export function Lines({ calls, asking, question, days, by, metrics, drawn, onTrace }: LinesProps) {
  // One figure of each time is enough side by side.
  const columns = tilesOf(metrics).map(({ figures }) => figures.find(({ id }) => id === drawn.id) ?? figures[0])
  const asked = { days, narrowed: narrowedBy(question), by, metrics: columns.map(({ id }) => id) }
  const loaded = useAnswer(asked, asking, calls.report)
  const [chosen, setChosen] = useState<Sort | null>(null)
  return (
    <List loaded={loaded} isEmpty={({ rows }) => rows.length === 0} empty={<NothingApart />}>
      {({ rows }) => (
        <SplitTable
          {...{ chosen, onTrace }}
          name={splitNames.find(([one]) => one === by)?.[1] ?? ''}
          rows={rows.map((row) => ({ ...row, label: nameOfLine(by, row) }))}
          metrics={columns}
          drawn={drawn.id}
          onSort={setChosen}
        />
      )}
    </List>
  )
}
