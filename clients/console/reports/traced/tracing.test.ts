import { expect, it } from 'vitest'
import { aMetric } from '../../../../test/support/shown-metric.ts'
import { usual } from '../question/question.ts'
import { tracingOf, tracingOfLine, tracingOfRow } from './tracing.ts'

const days = { from: '2026-11-01', until: '2026-11-30' }
const question = { ...usual, inboxes: ['sales', 'support'], hours: 'business' } as const
const metric = aMetric({ id: 'wait_p50' })
const aRow = (key: string) => ({ key, label: key, values: {} })

it('asks for the chats of a line: of its inbox, of its agent within the inboxes, or of its hour of each week', () => {
  expect([
    tracingOfRow(question, days, metric, 'inbox', aRow('sales')).asked,
    tracingOfRow(question, days, metric, 'agent', aRow('agt_1')).asked,
    tracingOfRow(question, days, metric, 'hour_of_week', aRow('1-09')).asked,
  ]).toEqual([
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales' } },
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales,support', agent: 'agt_1' } },
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales,support' }, hour: '1-09' },
  ])
})

it('asks for the chats of a stretch of the chart: of its days, or of its hour', () => {
  const narrowed = { hours: 'business', inbox: 'sales,support' }
  const day = { from: '2026-11-30', until: '2026-11-30' }
  expect([
    tracingOf(question, days, metric).asked,
    tracingOfLine(question, days, metric, '2026-11-30').asked,
    tracingOfLine(question, day, metric, '2026-11-30T09:00').asked,
  ]).toEqual([
    { days, metric: 'wait_p50', narrowed },
    { days: day, metric: 'wait_p50', narrowed },
    { days: day, metric: 'wait_p50', narrowed, hour: '2026-11-30T09:00' },
  ])
})
