import type { MetricValues } from '../../contract/analytics.ts'
import type { Measured, Reckoning } from '../../contract/measures.ts'
import type { Metric } from '../../contract/metric.ts'
import type { Cell } from '../rollups/cell.ts'
import { noBins, quantileOf } from '../rollups/sketch.ts'

const nothing = { count: 0, sum: 0, bins: noBins() }

/** The figures that a cell comes to. `periodMs`: see `Measured`. */
export function reckon(
  cell: Cell,
  { metrics, hours, periodMs }: { metrics: readonly Metric[]; hours: Reckoning; periodMs: number },
): MetricValues {
  const measured: Measured = {
    sum: (of) => cell.sums[of] ?? 0,
    spread: (of) => {
      const { count, sum, bins } = cell.times[`${of}:${hours}`] ?? nothing
      return { count, sum, quantile: (share) => quantileOf(bins, share, count) }
    },
    longestQueue: cell.longestQueue,
    periodMs,
  }
  return Object.fromEntries(metrics.map((metric) => [metric.id, metric.reckon(measured)]))
}
