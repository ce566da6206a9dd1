import { expect, it } from 'vitest'
import { changeOf } from './change.ts'

const chats = { unit: 'count', better: null } as const
const wait = { unit: 'ms', better: 'lower' } as const
const satisfied = { unit: 'share', better: 'higher' } as const

it.each([
  [chats, 120, 100, { way: 'up', much: '20%', verdict: null }],
  [chats, 5, 0, { way: 'up', much: null, verdict: null }],
  [chats, 0, 0, { way: 'same', much: null, verdict: null }],
  [chats, 100_001, 100_000, { way: 'same', much: null, verdict: null }],
  [chats, 5_000, 10, { way: 'up', much: '500 times', verdict: null }],
  [wait, 90_000, 60_000, { way: 'up', much: '50%', verdict: 'worse' }],
  [wait, 30_000, 60_000, { way: 'down', much: '50%', verdict: 'better' }],
  [satisfied, 0.952, 0.92, { way: 'up', much: '3.2 points', verdict: 'better' }],
  [satisfied, 0.91, 0.92, { way: 'down', much: '1 point', verdict: 'worse' }],
])('of %j from %d to %d', (metric, now, before, change) => {
  expect(changeOf(metric, now, before)).toEqual(change)
})

it('says nothing where one of them was not measured', () => {
  expect([changeOf(wait, null, 1), changeOf(wait, 1, null)]).toEqual([null, null])
})
