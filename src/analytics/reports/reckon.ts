import type { MetricValues } from '../../contract/analytics.ts'
import type { Measured, Reckoning } from '../../contract/measures.ts'
import type { Metric } from '../../contract/metric.ts'
import type { Cell } from '../rollups/cell.ts'
import { noBins, quantileOf } from '../rollups/sketch.ts'

const nothing = { count: 0, sum: 0, bins: noBins() }

interface Reckoned {
  metrics: readonly Metric[]
  hours: Reckoning
  /** Of whoever does not, agents' time is left out, and is not zero. */
  seesAgents: boolean
  /** See `Measured`. */
  periodMs: number
}

/** The figures that a cell comes to. */
export function reckon(cell: Cell, { metrics, hours, seesAgents, periodMs }: Reckoned): MetricValues {
  const measured: Measured = {
    sum: (of) => cell.sums[of] ?? 0,
    spread: (of) => {
      const { count, sum, bins } = cell.times[`${of}:${hours}`] ?? nothing
      return { count, sum, quantile: (share) => quantileOf(bins, share, count) }
    },
    longestQueue: cell.longestQueue,
    periodMs,
  }
  const figureOf = (metric: Metric) =>
    metric.group === 'agents' && !seesAgents ? { value: null, of: 0 } : metric.reckon(measured)
  return Object.fromEntries(metrics.map((metric) => [metric.id, figureOf(metric)]))
}
