import type { MetricValues, Report } from '../../../../src/contract/analytics.ts'

/** What it was made of is how long the period is. */
const ofTime = 'queue_length'

const isNoneOf = (values: MetricValues): boolean =>
  Object.entries(values).every(([id, { value, of }]) => !value && (of === 0 || id === ofTime))

/** Nothing was measured, nor in the days that these are compared with. None of a hundred is a figure. */
export const isNothing = ({ total, totalBefore = {} }: Pick<Report, 'total' | 'totalBefore'>): boolean =>
  isNoneOf(total) && isNoneOf(totalBefore)
