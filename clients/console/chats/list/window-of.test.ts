import { expect, it } from 'vitest'
import { windowOf } from './window-of.ts'

const rows = { count: 200, rowHeight: 80, height: 640 }

it.each([
  ['at the beginning', { ...rows, top: 0 }, { from: 0, to: 16 }],
  ['in the middle', { ...rows, top: 8_000 }, { from: 92, to: 116 }],
  ['at the end', { ...rows, top: 200 * 80 - 640 }, { from: 184, to: 200 }],
  ['with few rows', { ...rows, count: 3, top: 0 }, { from: 0, to: 3 }],
  ['with none', { ...rows, count: 0, top: 0 }, { from: 0, to: 0 }],
  ['where rows have gone from under the reader', { ...rows, count: 5, top: 8_000 }, { from: 0, to: 5 }],
  ['pulled beyond the beginning', { ...rows, top: -50 }, { from: 0, to: 16 }],
])('draws what is near: %s', (_, seen, window) => {
  expect(windowOf(seen)).toEqual(window)
})
