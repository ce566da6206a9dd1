import fc from 'fast-check'
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

it.each(metrics.map(({ id }) => id))('knows all that %s is made of, whatever was measured', (id) => {
  const metric = metricOf(id)
  const { sums, spreads } = needsOf(metric ? [metric] : [])
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(2)), (numbers) => {
      const next = () => Number(numbers.next().value)
      const unknown: string[] = []
      metric?.reckon({
        sum(of) {
          if (!sums.has(of)) unknown.push(of)
          return next()
        },
        spread(of) {
          if (!spreads.has(of)) unknown.push(of)
          return { count: next(), sum: next(), quantile: next }
        },
        longestQueue: next(),
        periodMs: next(),
      })
      expect(unknown).toEqual([])
    }),
  )
})
