import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import { howMany } from '../question/period.ts'

type Compared = Pick<ShownMetric, 'group' | 'unit'>

/** Counts and agents' times grow with the period; averages, shares and scores do not. */
const addsUp = ({ group, unit }: Compared): boolean => unit === 'count' || (group === 'agents' && unit === 'ms')

/** Days of which the last, however little of it there is, changes a count by a fourteenth at most. */
const longEnough = 14

/**
 * Whether a figure may be judged by that of the other period, which is a whole one: of a short one, what adds up is not all
 * there until the last day is over.
 */
export const isComparable = (metric: Compared, days: Days, today: string): boolean =>
  days.until < today || !addsUp(metric) || howMany(days) >= longEnough
