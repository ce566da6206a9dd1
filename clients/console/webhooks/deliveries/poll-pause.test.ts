import { expect, it } from 'vitest'
import { pollPause } from './poll-pause.ts'

const now = Date.parse('2026-05-10T12:00:00Z')
const waiting = (nextAt: string) => ({ state: 'waiting', nextAt }) as const
const delivered = { state: 'delivered', nextAt: null } as const

it.each([
  [[], false, null],
  [[delivered], false, null],
  [[delivered], true, 2_000],
  [[delivered, waiting('2026-05-10T11:59:00Z')], false, 2_000],
  [[waiting('2026-05-10T12:00:30Z')], false, 2_000],
  [[waiting('2026-05-10T17:00:00Z')], false, 15_000],
  [[waiting('2026-05-10T17:00:00Z'), waiting('2026-05-10T12:00:00Z')], false, 2_000],
])('%j, busy %s: looks again after %s', (deliveries, isBusy, pause) => {
  expect(pollPause(deliveries, isBusy, now)).toBe(pause)
})
