import { expect, it } from 'vitest'
import { shareOfLargest, sorted, sortedBy } from './sorted.ts'

const aRow = (label: string, value: number | null) => ({ key: label, label, values: { n: { value, of: 1 } } })
const rows = [aRow('Support', 2), aRow('Billing', null), aRow('Sales', 8), aRow('Access', 2)]
const labels = (by: string | null, isDown: boolean) => sorted(rows, { by, isDown }).map(({ label }) => label)

it('sorts by a figure or by name, and what was not measured comes last', () => {
  expect([labels('n', true), labels('n', false), labels(null, false)]).toEqual([
    ['Sales', 'Access', 'Support', 'Billing'],
    ['Access', 'Support', 'Sales', 'Billing'],
    ['Access', 'Billing', 'Sales', 'Support'],
  ])
})

it('turns round what is sorted already', () => {
  expect([
    sortedBy('n', { by: 'n', isDown: true }),
    sortedBy('n', { by: null, isDown: true }),
    sortedBy(null, { by: 'n', isDown: true }),
  ]).toEqual([
    { by: 'n', isDown: false },
    { by: 'n', isDown: true },
    { by: null, isDown: false },
  ])
})

it('measures bars by the largest', () => {
  expect(rows.map((row) => shareOfLargest(rows, row, 'n'))).toEqual([0.25, null, 1, 0.25])
})
