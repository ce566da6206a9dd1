import { expect, it } from 'vitest'
import { createCalendar } from '../calendar/calendar.ts'
import { dayOf, hourKey, linesOfHour, monthOf } from './keys.ts'

it.each([
  ['Europe/Lisbon', '2026-10-25T00:00Z', '2026-10-25T01:00+01:00'],
  ['Europe/Lisbon', '2026-10-25T01:00Z', '2026-10-25T01:00+00:00'],
  ['America/New_York', '2026-11-01T05:00Z', '2026-11-01T01:00-04:00'],
  ['America/New_York', '2026-11-01T06:00Z', '2026-11-01T01:00-05:00'],
  ['America/St_Johns', '2026-11-30T03:30Z', '2026-11-30T00:00-03:30'],
  ['Asia/Kolkata', '2026-11-29T18:30Z', '2026-11-30T00:00+05:30'],
])('names an hour in %s from %s on %s', (timeZone, start, key) => {
  const calendar = createCalendar({ id: 'shop:0', timeZone, hours: null })
  expect(hourKey(Date.parse(start), calendar)).toBe(key)
})

it('gives the two halves of what the clock repeats names of their own', () => {
  const calendar = createCalendar({ id: 'shop:0', timeZone: 'Australia/Lord_Howe', hours: null })
  const starts = ['2026-04-04T14:00Z', '2026-04-04T15:00Z', '2026-04-04T15:30Z'].map((text) => Date.parse(text))
  const keys = starts.map((start) => hourKey(start, calendar))
  expect([new Set(keys).size, keys.map((key) => key.slice(0, 16))]).toEqual([
    3,
    ['2026-04-05T01:00', '2026-04-05T01:00', '2026-04-05T02:00'],
  ])
})

it('says which day and which month an hour is of', () => {
  expect([dayOf('2026-11-30T01:00-05:00'), monthOf('2026-11-30T01:00-05:00')]).toEqual(['2026-11-30', '2026-11'])
})

it.each([
  ['2026-11-30T09:00-05:00', ['2026-11-30T09:00', '09', '1-09']],
  ['2026-11-29T00:00+13:45', ['2026-11-29T00:00', '00', '7-00']],
])('knows in which lines of reports %s stands', (key, lines) => {
  expect(linesOfHour(key)).toEqual(lines)
})
