import { useMemo, useState } from 'preact/hooks'
import type { Report, ShownMetric } from '../../../../src/contract/analytics.ts'
import { words } from '../figures/figure-words.ts'
import type { Stretch } from '../question/period.ts'
import { Canvas } from './canvas.tsx'
import { keyWords } from './key-words.ts'
import { LineTable } from './line-table.tsx'
import { linesOf } from './lines-of.ts'
import type { DrawnLine } from './options.ts'

interface ChartProps {
  metric: ShownMetric
  stretch: Stretch
  /** Null: it is on its way. */
  report: Report | null
  onTrace(line: DrawnLine): void
}

/** One figure over the time, with the other period's behind it. */
export function Chart({ metric, stretch, report, onTrace }: ChartProps) {
  const lines = useMemo(
    () => (report ? linesOf(report, stretch, metric.id, new Date()) : []),
    [report, stretch, metric.id],
  )
  const [pointed, setPointed] = useState<number | null>(null)
  const point = pointed === null ? undefined : lines[pointed]
  const hasBefore = Boolean(report?.compared)
  return (
    <figure class="card chart" aria-label={`${metric.title} over time`}>
      <header>
        <h2>{metric.title}</h2>
        {report && <Legend {...{ report, point }} unit={metric.unit} />}
      </header>
      {report ? (
        <Canvas unit={metric.unit} {...{ lines, hasBefore }} onPoint={setPointed} />
      ) : (
        <div class="canvas" aria-hidden="true" />
      )}
      <details class="as-table">
        <summary data-test="as-table">As a table</summary>
        <LineTable {...{ metric, stretch, lines, hasBefore, onTrace }} />
      </details>
    </figure>
  )
}

interface LegendProps {
  unit: ShownMetric['unit']
  report: Report
  /** Where one points. */
  point: DrawnLine | undefined
}

const Legend = ({ unit, report, point }: LegendProps) => (
  <p class="legend" aria-hidden="true">
    <span class="legend-now">
      <i />
      {point ? point.whole : keyWords.range(report)}
      {point && <strong> {words.told(unit, point.now)}</strong>}
    </span>
    {report.compared && (
      <span class="legend-before">
        <i />
        {point ? 'before' : keyWords.range(report.compared)}
        {point && <strong> {words.told(unit, point.before)}</strong>}
      </span>
    )}
  </p>
)
