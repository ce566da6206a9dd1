import { expect, it } from 'vitest'
import type { SavedView } from '../../../../src/contract/analytics.ts'
import { addressOfSaved, isChanged, readQuestion, writeQuestion } from './address.ts'
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

it('does not call a view changed by days that it cannot keep', () => {
  const { period } = everything
  expect([
    isChanged({ ...usual, period }, usual),
    isChanged({ ...usual, period, compare: null }, usual),
    isChanged({ ...usual, period: { kind: 'named', name: 'year' } }, usual),
  ]).toEqual([false, true, true])
})

it('leaves in the address what a view did not keep', () => {
  const view: SavedView = {
    ...{ id: 'viw_1', name: 'Mondays', version: 2, digest: null, lastSent: null, period: '7_days', metrics: [] },
    ...{ inboxes: ['sales'], filter: null, by: 'agent', hours: 'calendar', compare: null },
  }
  expect([addressOfSaved(view, usual), addressOfSaved(view, everything)]).toEqual([
    '/console/reports/viw_1',
    '/console/reports/viw_1?from=2026-11-01&until=2026-11-30&draw=first_response_p90',
  ])
})
