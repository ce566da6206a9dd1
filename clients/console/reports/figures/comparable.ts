import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'

type Compared = Pick<ShownMetric, 'group' | 'unit'>

/** Counts and agents' times grow with the period; averages, shares and scores do not. */
const addsUp = ({ group, unit }: Compared): boolean => unit === 'count' || (group === 'agents' && unit === 'ms')

/**
 * Whether a figure may be judged by that of the other period, which is a whole one: what adds up is not all there until the
 * last day is over.
 */
export const isComparable = (metric: Compared, { until }: Pick<Days, 'until'>, today: string): boolean =>
  until < today || !addsUp(metric)
