import { expect, it } from 'vitest'
import { isLate, waitText } from './waited.ts'

const at = '2026-01-01T10:00:00.000Z'
const after = (ms: number) => Date.parse(at) + ms

it('says how long in few letters', () => {
  const spans = [-5_000, 59_000, 60_000, 3_599_000, 3_600_000, 86_400_000 * 2.5]
  expect(spans.map((ms) => waitText(at, after(ms)))).toEqual(['now', 'now', '1 min', '59 min', '1 h', '2 d'])
})

it('is late from the moment on at which an answer was due', () => {
  expect([
    isLate({ dueAt: at }, after(-1)),
    isLate({ dueAt: at }, after(0)),
    isLate({ dueAt: null }, after(0)),
  ]).toEqual([false, true, false])
})
