import type { MetricValues } from '../../contract/analytics.ts'
import type { Measured, Reckoning } from '../../contract/measures.ts'
import type { Metric } from '../../contract/metric.ts'
import type { Cell } from '../rollups/cell.ts'
import { noBins, quantileOf } from '../rollups/sketch.ts'

const nothing = { count: 0, sum: 0, bins: noBins() }

interface Reckoned {
  metrics: readonly Metric[]
  hours: Reckoning
  /** What nobody knows of this cell, or may not be seen, is null, and is not zero. */
  isTold(metric: Metric): boolean
  /** See `Measured`. */
  periodMs: number
}

/** The figures that a cell comes to. */
export function reckon(cell: Cell, { metrics, hours, isTold, periodMs }: Reckoned): MetricValues {
  const measured: Measured = {
    sum: (of) => cell.sums[of] ?? 0,
    spread: (of) => {
      const { count, sum, bins } = cell.times[`${of}:${hours}`] ?? nothing
      return { count, sum, quantile: (share) => quantileOf(bins, share, count) }
    },
    longestQueue: cell.longestQueue,
    periodMs,
  }
  const figureOf = (metric: Metric) => (isTold(metric) ? metric.reckon(measured) : { value: null, of: 0 })
  return Object.fromEntries(metrics.map((metric) => [metric.id, figureOf(metric)]))
}
