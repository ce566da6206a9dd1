import { expect, it } from 'vitest'
import { linesOf } from './lines-of.ts'

const aRow = (key: string, value: number, before = 5) => ({
  ...{ key, label: key, values: { n: { value, of: value } } },
  before: { n: { value: before, of: before } },
})
const now = new Date(2026, 10, 30, 14, 20)

it('has no figure for hours that are still to come, unless somewhere they are over', () => {
  const rows = ['13', '14', '15'].map((hour) => aRow(`2026-11-30T${hour}:00`, 0))
  const lines = linesOf({ rows: [...rows, aRow('2026-11-30T16:00', 3)] }, 'hour', 'n', now)
  expect(lines.map(({ now, before }) => [now, before])).toEqual([
    [0, 5],
    [0, 5],
    [null, 5],
    [3, 5],
  ])
})

it('keeps today and this month', () => {
  const days = linesOf({ rows: [aRow('2026-11-30', 0), aRow('2026-12-01', 0)] }, 'day', 'n', now)
  const months = linesOf({ rows: [aRow('2026-11', 0), aRow('2026-12', 0)] }, 'month', 'n', now)
  expect([days, months].map((lines) => lines.map((line) => line.now))).toEqual([
    [0, null],
    [0, null],
  ])
})

it('has nothing for what was not measured', () => {
  expect(linesOf({ rows: [aRow('2026-11-30', 1)] }, 'day', 'other', now)).toMatchObject([{ now: null, before: null }])
})
