import { useState } from 'preact/hooks'
import type { Report as Answer, ShownMetric } from '../../../src/contract/analytics.ts'
import type { Days } from '../../../src/contract/view-days.ts'
import { useLoad } from '../frame/load.ts'
import { Blank, List } from '../parts/list.tsx'
import type { ReportCalls } from './calls.ts'
import { Chart } from './chart/chart.tsx'
import { keyWords } from './chart/key-words.ts'
import { AsOf } from './figures/as-of.tsx'
import { Tiles } from './figures/tiles.tsx'
import { tilesOf } from './figures/tiles-of.ts'
import { daysOfLine, stretchOf } from './question/period.ts'
import { daysIn, narrowedBy, type Question } from './question/question.ts'
import { Split } from './split/split.tsx'
import { TracedDialog } from './traced/traced-dialog.tsx'
import { askedOfLine, type Tracing } from './traced/tracing.ts'

interface ReportProps {
  calls: ReportCalls
  question: Question
  today: string
  metrics: readonly ShownMetric[]
  /** Quietly: it is no step that one goes back to. */
  onChange(change: Partial<Question>, isQuiet?: boolean): void
  onDefinitions(): void
}

/** The answer: tiles, the chart of one of them, and the same told apart. */
export function Report({ calls, question, today, metrics, onChange, onDefinitions }: ReportProps) {
  const days = daysIn(question.period, today)
  const stretch = stretchOf(days)
  const ids = metrics.map(({ id }) => id)
  const narrowed = narrowedBy(question)
  const asked = { days, narrowed, by: stretch, metrics: ids, compare: question.compare }
  const loaded = useLoad(() => calls.report(asked).then((report) => ({ ...report, ids })), [JSON.stringify(asked)])
  const [tracing, setTracing] = useState<Tracing | null>(null)
  const drawn = metrics.find(({ id }) => id === question.drawn) ?? tilesOf(metrics)[0]?.figures[0]
  // Figures of another section do not fill these tiles.
  const report = loaded.data && ids.every((id) => loaded.data?.ids.includes(id)) ? loaded.data : null
  if (!drawn) return null
  const trace = (metric: ShownMetric, asked: Tracing['asked'], of = '') =>
    setTracing({ metric, asked, about: `${of}${keyWords.range(asked.days)}` })
  const traceAll = (metric: ShownMetric, of: Days = days) => trace(metric, { days: of, narrowed, metric: metric.id })
  const traceLine = (metric: ShownMetric, key: string) => {
    const of = daysOfLine(stretch, key, days)
    if (stretch !== 'hour') return traceAll(metric, of)
    trace(metric, { days: of, narrowed, metric: metric.id, hour: key }, `${keyWords.hour(Number(key.slice(11, 13)))}, `)
  }

  return (
    <>
      <AsOf report={report} onAgain={loaded.again} onDefinitions={onDefinitions} />
      {(report ? !isNothing(report) : !loaded.problem) && (
        <Tiles
          {...{ metrics, report }}
          drawn={drawn.id}
          onDraw={({ id }) => onChange({ drawn: id }, true)}
          onTrace={traceAll}
        />
      )}
      <List loaded={{ ...loaded, data: report }} isEmpty={isNothing} empty={<Nothing {...{ question, onChange }} />}>
        {(answer) => (
          <>
            <Chart {...{ stretch }} metric={drawn} report={answer} onTrace={({ key }) => traceLine(drawn, key)} />
            <Split
              {...{ calls, question, days, metrics, drawn }}
              onChange={(by) => onChange({ by }, true)}
              onTrace={(metric, by, row) =>
                trace(metric, askedOfLine(question, days, metric.id, by, row), `${row.label}, `)
              }
            />
          </>
        )}
      </List>
      {tracing && <TracedDialog {...{ calls, tracing }} onClose={() => setTracing(null)} />}
    </>
  )
}

const isNothing = ({ total }: Answer): boolean => Object.values(total).every(({ value }) => !value)

function Nothing({ question: { inboxes, filter }, onChange }: Pick<ReportProps, 'question' | 'onChange'>) {
  const isNarrow = inboxes.length > 0 || filter !== null
  const text = isNarrow
    ? 'Choose more days, or look at all chats.'
    : 'Choose more days, or come back when there were chats.'
  return (
    <Blank title="Nothing happened in these days" text={text}>
      <div class="acts">
        <button type="button" class="act" onClick={() => onChange({ period: { kind: 'named', name: 'year' } })}>
          Last 365 days
        </button>
        {isNarrow && (
          <button type="button" class="act" onClick={() => onChange({ inboxes: [], filter: null })}>
            All chats
          </button>
        )}
      </div>
    </Blank>
  )
}
