import { expect, it } from 'vitest'
import { inShort, timeAgo } from './when.ts'

const now = Date.parse('2026-05-10T12:00:00Z')

it.each([
  ['2026-05-10T11:59:40Z', 'just now'],
  ['2026-05-10T11:57:00Z', '3 minutes ago'],
  ['2026-05-10T09:00:00Z', '3 hours ago'],
  ['2026-05-12T12:00:00Z', 'in 2 days'],
  ['2026-01-02T12:00:00Z', '2 Jan 2026'],
])('says %s as %s', (iso, words) => {
  expect(timeAgo(iso, now)).toBe(words)
})

it.each([
  [new Date(2026, 4, 10, 9, 5), '09:05'],
  [new Date(2026, 4, 9, 23, 59), '9 May'],
  [new Date(2025, 11, 31), '31 Dec 2025'],
])('says %s in few letters', (at, words) => {
  expect(inShort(at.toISOString(), new Date(2026, 4, 10, 12).getTime())).toBe(words)
})
