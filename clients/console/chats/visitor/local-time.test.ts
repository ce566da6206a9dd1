import { expect, it } from 'vitest'
import { localTimeIn } from './local-time.ts'

const now = Date.UTC(2026, 0, 6, 23, 30)

it.each([
  ['Europe/Lisbon', '23:30 on Tuesday'],
  ['Asia/Tokyo', '08:30 on Wednesday'],
  ['Nowhere/At_All', null],
])('says what the clock shows in %s', (timeZone, text) => {
  expect(localTimeIn(timeZone, now)).toBe(text)
})
