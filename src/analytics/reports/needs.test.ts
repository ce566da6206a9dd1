import { expect, it } from 'vitest'
import { metricOf, metrics } from '../../contract/metrics.ts'
import { needsOf } from './needs.ts'

const of = (...ids: string[]) => needsOf(metrics.filter(({ id }) => ids.includes(id)))

it('asks the metrics what they are made of', () => {
  expect(of('messages_per_session', 'wait_p90', 'csat_share')).toEqual({
    sums: new Set(['visitor_messages', 'agent_messages', 'started', 'satisfied', 'ratings']),
    spreads: new Set(['wait']),
  })
})

it.each(metrics.filter(({ traceable }) => traceable).map(({ id }) => id))('finds chats behind %s', (id) => {
  const metric = metricOf(id)
  const { sums, spreads } = needsOf(metric ? [metric] : [])
  expect(sums.size + spreads.size).toBeGreaterThan(0)
})
