import { useState } from 'preact/hooks'
import type { ShownMetric } from '../../../src/contract/analytics.ts'
import { List } from '../parts/list.tsx'
import { type Asking, useAnswer, whileAsked } from './answer.ts'
import type { ReportCalls } from './calls.ts'
import { Chart } from './chart/chart.tsx'
import { AsOf } from './figures/as-of.tsx'
import { isNothing } from './figures/is-nothing.ts'
import { Tiles } from './figures/tiles.tsx'
import { tilesOf } from './figures/tiles-of.ts'
import { Nothing } from './nothing.tsx'
import { stretchOf } from './question/period.ts'
import { daysIn, narrowedBy, type Question } from './question/question.ts'
import { Split } from './split/split.tsx'
import { TracedDialog } from './traced/traced-dialog.tsx'
import { type Tracing, tracingOf, tracingOfLine, tracingOfRow } from './traced/tracing.ts'

interface ReportProps {
  calls: ReportCalls
  asking: Asking
  question: Question
  today: string
  /** Those that are shown. */
  metrics: readonly ShownMetric[]
  /** All that there are. */
  known: readonly ShownMetric[]
  /** Quietly: it is no step that one goes back to. */
  onChange(change: Partial<Question>, isQuiet?: boolean): void
  onDefinitions(): void
}

/** The answer: tiles, the chart of one of them, and the same told apart. */
export function Report({ calls, asking, question, today, metrics, known, onChange, onDefinitions }: ReportProps) {
  const days = daysIn(question.period, today)
  const stretch = stretchOf(days)
  const ids = metrics.map(({ id }) => id)
  const asked = { days, narrowed: narrowedBy(question), by: stretch, metrics: ids, compare: question.compare }
  const loaded = useAnswer(asked, asking, calls.report)
  const [tracing, setTracing] = useState<Tracing | null>(null)
  const drawn = metrics.find(({ id }) => id === question.drawn) ?? tilesOf(metrics)[0]?.figures[0]
  const { data: report } = loaded
  if (!drawn) return null
  const hasFigures = report ? !isNothing(report) : !loaded.problem

  return (
    <>
      <AsOf report={report} onAgain={asking.again} onDefinitions={onDefinitions} />
      {hasFigures && (
        <Tiles
          {...{ metrics, report, today }}
          drawn={drawn.id}
          onDraw={({ id }) => onChange({ drawn: id }, true)}
          onTrace={(metric) => setTracing(tracingOf(question, days, metric))}
        />
      )}
      <List
        loaded={whileAsked(loaded)}
        isEmpty={() => !hasFigures}
        empty={<Nothing {...{ question, metrics, onChange }} />}
      >
        {() => (
          <Chart
            {...{ stretch, report }}
            metric={drawn}
            onTrace={({ key }) => setTracing(tracingOfLine(question, days, drawn, key))}
          />
        )}
      </List>
      {hasFigures && (
        <Split
          {...{ calls, asking, question, days, metrics, known, drawn }}
          onChange={(by) => onChange({ by }, true)}
          onTrace={(metric, by, row) => setTracing(tracingOfRow(question, days, metric, by, row))}
        />
      )}
      {tracing && <TracedDialog {...{ calls, tracing }} onClose={() => setTracing(null)} />}
    </>
  )
}
