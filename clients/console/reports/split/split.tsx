import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import type { Asking } from '../answer.ts'
import type { ReportCalls } from '../calls.ts'
import { averageOf } from '../figures/tiles-of.ts'
import { isKnownBy, type Question, type SplitBy, splitOf, splitsOf } from '../question/question.ts'
import { Hours } from './hours.tsx'
import { Lines } from './lines.tsx'

interface SplitProps {
  calls: ReportCalls
  asking: Asking
  question: Question
  days: Days
  metrics: readonly ShownMetric[]
  /** All that there are. */
  known: readonly ShownMetric[]
  drawn: ShownMetric
  onChange(by: SplitBy): void
  onTrace(metric: ShownMetric, by: SplitBy, row: ReportRow): void
}

/** The same figures, told apart. */
export function Split({ known, drawn, metrics, onChange, onTrace, ...asked }: SplitProps) {
  const { question } = asked
  const all = splitsOf(question.filter, metrics)
  const [by] = splitOf(all, question.by) ?? []
  if (!by) return null
  return (
    <section class="split" aria-labelledby="split">
      <h2 id="split" class="read-out">
        Told apart by
      </h2>
      <SplitTabs {...{ by, all, onChange }} />
      {by === 'hour_of_week' ? (
        <Hours {...asked} metric={averageOf(drawn, known)} onTrace={(metric, row) => onTrace(metric, by, row)} />
      ) : (
        <Lines
          {...asked}
          {...{ by, drawn }}
          metrics={metrics.filter((metric) => isKnownBy(by, question.filter, metric))}
          onTrace={(metric, row) => onTrace(metric, by, row)}
        />
      )}
    </section>
  )
}

interface SplitTabsProps {
  by: SplitBy
  all: ReturnType<typeof splitsOf>
  onChange(by: SplitBy): void
}

function SplitTabs({ by, all, onChange }: SplitTabsProps) {
  return (
    <div class="split-tabs">
      {all.map(([one, name]) => (
        <button key={one} type="button" aria-pressed={one === by} data-test={`by-${one}`} onClick={() => onChange(one)}>
          {name}
        </button>
      ))}
    </div>
  )
}
