import { expect, it } from 'vitest'
import { timeAgo } from './when.ts'

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
