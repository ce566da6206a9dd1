import { expect, it } from 'vitest'
import { usual } from '../question/question.ts'
import { askedOfLine } from './tracing.ts'

const days = { from: '2026-11-01', until: '2026-11-30' }
const question = { ...usual, inboxes: ['sales', 'support'], hours: 'business' } as const
const aRow = (key: string) => ({ key, label: key, values: {} })

it('asks for the chats of a line: of its inbox, of its agent within the inboxes, or of its hour of each week', () => {
  expect([
    askedOfLine(question, days, 'wait_p50', 'inbox', aRow('sales')),
    askedOfLine(question, days, 'wait_p50', 'agent', aRow('agt_1')),
    askedOfLine(question, days, 'wait_p50', 'hour_of_week', aRow('1-09')),
  ]).toEqual([
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales' } },
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales,support', agent: 'agt_1' } },
    { days, metric: 'wait_p50', narrowed: { hours: 'business', inbox: 'sales,support' }, hour: '1-09' },
  ])
})
