import { expect, it } from 'vitest'
import { fromLocal, toLocal } from './local-time.ts'

it.each(['2026-01-02T03:04:00.000Z', '2026-07-02T23:59:00.000Z'])('brings %s back to the minute', (iso) => {
  expect(fromLocal(toLocal(iso))).toBe(iso)
})

it.each(['', 'tomorrow'])('has no time for %j', (text) => {
  expect(fromLocal(text)).toBe('')
})
