import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import type { Asking } from '../answer.ts'
import type { ReportCalls } from '../calls.ts'
import { averageOf } from '../figures/tiles-of.ts'
import { canSplit, type Question, type SplitBy, splitNames, splitOf } from '../question/question.ts'
import { Hours } from './hours.tsx'
import { Lines } from './lines.tsx'
import { NotApart } from './nothing-apart.tsx'

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
  const by = splitOf(asked.question)
  const apart = metrics.filter(({ notOf }) => notOf.every((one) => one !== by))
  return (
    <section class="split" aria-labelledby="split">
      <h2 id="split" class="read-out">
        Told apart by
      </h2>
      <SplitTabs {...{ by, onChange }} question={asked.question} />
      {by === 'hour_of_week' ? (
        <Hours {...asked} metric={averageOf(drawn, known)} onTrace={(metric, row) => onTrace(metric, by, row)} />
      ) : apart.length === 0 ? (
        <NotApart />
      ) : (
        <Lines {...asked} {...{ by, drawn }} metrics={apart} onTrace={(metric, row) => onTrace(metric, by, row)} />
      )}
    </section>
  )
}

interface SplitTabsProps {
  by: SplitBy
  question: Question
  onChange(by: SplitBy): void
}

function SplitTabs({ by, question: { filter }, onChange }: SplitTabsProps) {
  return (
    <div class="split-tabs">
      {splitNames
        .filter(([one]) => canSplit(one, filter))
        .map(([one, name]) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === by}
            data-test={`by-${one}`}
            onClick={() => onChange(one)}
          >
            {name}
          </button>
        ))}
    </div>
  )
}
