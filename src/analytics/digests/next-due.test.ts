import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import type { Digest } from '../../contract/analytics.ts'
import { nextDue } from './next-due.ts'

type Times = Pick<Digest, 'every' | 'at' | 'timeZone'>

/** The next of them, as the clock of the zone shows them. */
function next(times: Times, after: string, count: number): string[] {
  const found: string[] = []
  for (let at = new Date(after); found.length < count; ) {
    at = nextDue(times, at)
    found.push(hereAt(at, times.timeZone).toString({ timeZoneName: 'never', smallestUnit: 'minute' }))
  }
  return found
}

const hereAt = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)

it.each<[string, Times, string, string[]]>([
  [
    'each day, and not again at the very time',
    { every: 'day', at: '08:00', timeZone: 'Europe/Madrid' },
    '2026-11-30T07:00:00Z',
    ['2026-12-01T08:00+01:00', '2026-12-02T08:00+01:00'],
  ],
  [
    'each Monday',
    { every: 'week', at: '08:00', timeZone: 'Asia/Tokyo' },
    '2026-11-30T00:00:00Z',
    ['2026-12-07T08:00+09:00', '2026-12-14T08:00+09:00'],
  ],
  [
    'on the Monday that it is',
    { every: 'week', at: '23:30', timeZone: 'Asia/Tokyo' },
    '2026-11-30T00:00:00Z',
    ['2026-11-30T23:30+09:00'],
  ],
  [
    'each first of a month',
    { every: 'month', at: '00:00', timeZone: 'America/New_York' },
    '2026-11-30T00:00:00Z',
    ['2026-12-01T00:00-05:00', '2027-01-01T00:00-05:00'],
  ],
  [
    'when the clock leaps over the time',
    { every: 'day', at: '02:30', timeZone: 'Europe/Madrid' },
    '2026-03-28T00:00:00Z',
    ['2026-03-28T02:30+01:00', '2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
  ],
  [
    'once when the clock shows the time twice',
    { every: 'day', at: '02:30', timeZone: 'Europe/Madrid' },
    '2026-10-24T12:00:00Z',
    ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
  ],
  [
    'but not twice on the day after one that was left out',
    { every: 'day', at: '08:00', timeZone: 'Pacific/Apia' },
    '2011-12-29T00:00:00Z',
    ['2011-12-29T08:00-10:00', '2011-12-31T08:00+14:00'],
  ],
])('is due %s', (_, times, after, expected) => {
  expect(next(times, after, expected.length)).toEqual(expected)
})

const zones = [
  ...['UTC', 'Europe/Madrid', 'America/New_York', 'America/Havana', 'America/Sao_Paulo', 'Africa/Cairo'],
  ...['Africa/Casablanca', 'Asia/Beirut', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns'],
]
const two = (number: number) => String(number).padStart(2, '0')
const times = fc.record({
  every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
  at: fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
  timeZone: fc.constantFrom(...zones),
})
const moments = fc.date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })

it('goes on, and never twice on one day of its zone', () => {
  fc.assert(
    fc.property(times, moments, (digest, after) => {
      const days = new Set<string>()
      for (let [at, count] = [after, 0]; count < 40; count += 1) {
        const due = nextDue(digest, at)
        expect(due.getTime()).toBeGreaterThan(at.getTime())
        days.add(hereAt(due, digest.timeZone).toPlainDate().toString())
        at = due
      }
      expect(days.size).toBe(40)
    }),
  )
})

it('is at the time that was wanted wherever the clock shows it, on the days that were', () => {
  fc.assert(
    fc.property(times, moments, (digest, after) => {
      const due = hereAt(nextDue(digest, after), digest.timeZone)
      const hasJustLeapt = hereAt(new Date(due.epochMilliseconds - 1), digest.timeZone).offset !== due.offset
      const isOnDay = { day: true, week: due.dayOfWeek === 1, month: due.day === 1 }[digest.every]
      const isAtTime = due.toPlainTime().toString({ smallestUnit: 'minute' }) === digest.at
      expect((isOnDay && isAtTime) || hasJustLeapt).toBe(true)
    }),
  )
})

it('leaves nothing out: what is due next after a moment is due next after every moment until then', () => {
  fc.assert(
    fc.property(
      times,
      moments,
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (digest, after, part) => {
        const due = nextDue(digest, after)
        const between = new Date(after.getTime() + Math.floor((due.getTime() - after.getTime()) * part))
        expect(nextDue(digest, between)).toEqual(due)
      },
    ),
  )
})
