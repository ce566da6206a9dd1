import type { Counted, Measured, Spread } from '../../contract/measures.ts'
import type { Metric } from '../../contract/metric.ts'

/** What metrics are made of. */
export interface Needs {
  sums: ReadonlySet<Counted>
  spreads: ReadonlySet<Spread>
}

/** Asks the metrics themselves, with something of everything: of nothing, some would not read on. */
export function needsOf(metrics: readonly Metric[]): Needs {
  const sums = new Set<Counted>()
  const spreads = new Set<Spread>()
  const asking: Measured = {
    sum: (of) => {
      sums.add(of)
      return 1
    },
    spread: (of) => {
      spreads.add(of)
      return { count: 1, sum: 1, quantile: () => 1 }
    },
    // Behind the longest queue are those who waited.
    get longestQueue() {
      sums.add('queued_ms')
      return 1
    },
    periodMs: 1,
  }
  for (const metric of metrics) metric.reckon(asking)
  return { sums, spreads }
}
