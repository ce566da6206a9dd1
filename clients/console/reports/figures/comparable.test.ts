import { expect, it } from 'vitest'
import { metricOf } from '../../../../src/contract/metrics.ts'
import { aMetric } from '../../../../test/support/shown-metric.ts'
import { isComparable } from './comparable.ts'

const today = '2026-11-30'
const ids = [
  'sessions',
  'queue_longest',
  'online_time',
  'utilisation',
  'wait_avg',
  'wait_p90',
  'csat_score',
  'missed_share',
]
const comparable = (until: string) => ids.filter((id) => isComparable(aMetric(metricOf(id)), { until }, today))

it('compares what adds up once the period is over, and all else at any time', () => {
  const always = ['utilisation', 'wait_avg', 'wait_p90', 'csat_score', 'missed_share']
  expect(['2026-11-29', today, '2026-12-01'].map(comparable)).toEqual([ids, always, always])
})
