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
const comparable = ([from, until]: readonly [string, string]) =>
  ids.filter((id) => isComparable(aMetric(metricOf(id)), { from, until }, today))

it('compares what adds up once the period is over or where it is long, and all else at any time', () => {
  const always = ['utilisation', 'wait_avg', 'wait_p90', 'csat_score', 'missed_share']
  const short = [
    ['2026-11-29', '2026-11-29'],
    ['2026-11-24', today],
    ['2026-11-25', '2026-12-01'],
  ] as const
  expect([...short, ['2026-11-17', today] as const].map(comparable)).toEqual([ids, always, always, ids])
})
