import { expect, it } from 'vitest'
import { isChanged, readQuestion, writeQuestion } from './address.ts'
import { type Question, usual } from './question.ts'

const everything: Question = {
  period: { kind: 'days', days: { from: '2026-11-01', until: '2026-11-30' } },
  compare: null,
  hours: 'business',
  inboxes: ['sales', 'support'],
  filter: { kind: 'tag', value: 'refund' },
  section: 'speed',
  by: 'hour_of_week',
  drawn: 'first_response_p90',
}

const queryOf = (search: string) => Object.fromEntries(new URLSearchParams(search))

it('writes nothing of what is usual', () => {
  expect([writeQuestion(usual, usual), readQuestion({}, usual)]).toEqual(['', usual])
})

it('reads what it wrote', () => {
  const search = writeQuestion(everything, usual)
  expect([search, readQuestion(queryOf(search), usual)]).toEqual([
    '?from=2026-11-01&until=2026-11-30&compare=none&hours=business&inbox=sales,support&tag=refund&show=speed&by=hour_of_week&draw=first_response_p90',
    everything,
  ])
})

it('takes away what a saved view has', () => {
  const wide = { ...everything, inboxes: [], filter: null, drawn: null }
  const search = writeQuestion(wide, everything)
  expect([search, readQuestion(queryOf(search), everything)]).toEqual(['?inbox=&tag=&draw=', wide])
})

it('leaves out what there is not', () => {
  const query = {
    ...{ period: 'ever', from: '2026-11-30', until: '2026-11-01', compare: 'x', hours: 'x' },
    channel: 'x',
  }
  expect(readQuestion({ ...query, show: 'x', by: 'day' }, usual)).toEqual(usual)
})

it('calls a view changed by what is asked, and not by where one looks', () => {
  expect([
    isChanged({ ...everything, section: 'queue', drawn: 'wait_p50' }, everything),
    isChanged({ ...everything, by: 'agent' }, everything),
    isChanged({ ...everything, compare: 'year' }, everything),
  ]).toEqual([false, true, true])
})
