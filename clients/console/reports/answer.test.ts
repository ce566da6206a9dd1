import { expect, it } from 'vitest'
import { Problem } from '../frame/problem.ts'
import { answerTo, whileAsked } from './answer.ts'

it('has no answer that was given to another question', () => {
  const answer = { question: 'today', data: 3 }
  expect([answerTo('today', answer), answerTo('yesterday', answer), answerTo('today', null)]).toEqual([3, null, null])
})

it('keeps what shows it while it is asked, and not when that failed', () => {
  const loading = { problem: null, isLoading: true, again() {}, set() {} }
  const problem = new Problem('unavailable', 'Not now.')
  const all = [{ data: null }, { data: 3 }, { data: null, problem }, { data: 3, problem }]
  expect(all.map((one) => whileAsked<number>({ ...loading, ...one }).data)).toEqual([
    ...[{ answer: null }, { answer: 3 }, null, { answer: 3 }],
  ])
})
