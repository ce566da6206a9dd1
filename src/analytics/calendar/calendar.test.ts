import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Hours, type Opening } from '../../contract/hours.ts'
import { createCalendar } from './calendar.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (text: string) => Date.parse(text)

const daily = (...openings: [string, string][]) => {
  const all: Opening[] = openings.map(([from, to]) => ({ from, to }))
  return { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all }
}

const aCalendar = (timeZone: string, weekly: object | null = null, holidays: object[] = []) =>
  createCalendar({ id: 'shop:0', timeZone, hours: weekly && Hours.parse({ timeZone, weekly, holidays }) })

const openMs = (calendar: ReturnType<typeof aCalendar>, from: string, until: string) =>
  calendar.businessMs(at(from), at(until))

describe('the time in which an inbox is open', () => {
  it.each([
    ['Lisbon skips an hour', 'Europe/Lisbon', '2026-03-29T00:00Z', '2026-03-29T23:00Z', 2],
    ['Lisbon repeats an hour', 'Europe/Lisbon', '2026-10-24T23:00Z', '2026-10-26T00:00Z', 4],
    ['New York skips an hour', 'America/New_York', '2026-03-08T05:00Z', '2026-03-09T04:00Z', 2],
    ['New York repeats an hour', 'America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 4],
    ['Lord Howe skips half an hour', 'Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 2.5],
    ['Lord Howe repeats half an hour', 'Australia/Lord_Howe', '2026-04-04T13:00Z', '2026-04-05T13:30Z', 3.5],
    ['Kolkata has no such days', 'Asia/Kolkata', '2026-03-28T18:30Z', '2026-03-29T18:30Z', 3],
  ])('is what the wall shows from midnight to three when %s', (_, timeZone, from, until, hours) => {
    expect(openMs(aCalendar(timeZone, daily(['00:00', '03:00'])), from, until)).toBe(hours * hour)
  })

  it('counts once what lies in two openings, and an opening until 24:00 to its end', () => {
    const calendar = aCalendar('UTC', daily(['09:00', '13:00'], ['12:00', '14:00'], ['22:00', '24:00']))
    expect([
      openMs(calendar, '2026-11-30T00:00Z', '2026-12-01T00:00Z'),
      openMs(calendar, '2026-11-30T12:30Z', '2026-11-30T13:30Z'),
      openMs(calendar, '2026-11-30T23:00Z', '2026-12-01T09:30Z'),
    ]).toEqual([7 * hour, hour, 1.5 * hour])
  })

  it('has a holiday’s openings in place of its weekday’s', () => {
    const calendar = aCalendar('UTC', daily(['09:00', '17:00']), [
      { date: '2026-12-24', openings: [{ from: '09:00', to: '12:00' }] },
      { date: '2026-12-25', openings: [] },
    ])
    expect(openMs(calendar, '2026-12-23T00:00Z', '2026-12-27T00:00Z')).toBe((8 + 3 + 0 + 8) * hour)
  })

  it('is all of it without hours, and nothing of what ends before it begins', () => {
    expect([
      openMs(aCalendar('Europe/Lisbon'), '2026-10-25T00:00Z', '2026-10-26T00:00Z'),
      openMs(aCalendar('Europe/Lisbon'), '2026-10-26T00:00Z', '2026-10-25T00:00Z'),
      openMs(aCalendar('UTC', daily(['09:00', '17:00'])), '2026-10-26T12:00Z', '2026-10-26T11:00Z'),
    ]).toEqual([day, 0, 0])
  })

  it('adds up over many days', () => {
    const calendar = aCalendar('America/New_York', daily(['09:00', '17:00']))
    expect(openMs(calendar, '2026-01-01T05:00Z', '2027-01-01T05:00Z')).toBe(365 * 8 * hour)
  })
})

const zones = ['Europe/Lisbon', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC']
const calendars = fc.constantFrom(
  ...zones.map((zone) => aCalendar(zone, daily(['01:15', '02:45'], ['02:00', '05:00'], ['23:00', '24:00']))),
)
/** Near a change of the clock more often than not. */
const moments = fc.oneof(
  fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2026-12-31T00:00Z') }),
  fc
    .tuple(
      fc.constantFrom(
        ...['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'],
        ...['2026-04-04T15:00Z', '2026-10-03T15:30Z'],
      ),
      fc.integer({ min: -3 * hour, max: 3 * hour }),
    )
    .map(([change, apart]) => at(change) + apart),
)

it('is as long in two parts as in one', () => {
  const gap = fc.integer({ min: 0, max: 4 * day })
  fc.assert(
    fc.property(calendars, moments, gap, gap, (calendar, from, first, second) => {
      const [cut, until] = [from + first, from + first + second]
      expect(calendar.businessMs(from, cut) + calendar.businessMs(cut, until)).toBe(calendar.businessMs(from, until))
    }),
  )
})

it('has for each moment an hour on the wall, which begins no later and less than an hour before', () => {
  const wall = (timeZone: string, moment: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment)
  fc.assert(
    fc.property(calendars, moments, (calendar, moment) => {
      const { start, day: onDay, hour: ofDay, weekday } = calendar.hourOf(moment)
      expect(start).toBeLessThanOrEqual(moment)
      expect(moment - start).toBeLessThan(hour)
      expect(wall(calendar.timeZone, moment).slice(0, 13)).toBe(`${onDay} ${String(ofDay).padStart(2, '0')}`)
      expect(weekday).toBe(new Date(`${onDay}T00:00Z`).getUTCDay() || 7)
    }),
  )
})

it('divides time into hours: the first moment of each is of itself, and so is all until the next', () => {
  fc.assert(
    fc.property(calendars, moments, fc.nat(hour), (calendar, moment, later) => {
      const here = calendar.hourOf(moment)
      expect(calendar.hourOf(here.start)).toEqual(here)
      const there = calendar.hourOf(moment + later)
      expect(there.start === here.start || there.start > moment).toBe(true)
    }),
  )
})

it('has two hours of one name where the clock goes back', () => {
  const { hourOf } = aCalendar('Europe/Lisbon')
  expect(['2026-10-25T00:30Z', '2026-10-25T01:30Z'].map((moment) => hourOf(at(moment)))).toEqual([
    { start: at('2026-10-25T00:00Z'), day: '2026-10-25', hour: 1, weekday: 7 },
    { start: at('2026-10-25T01:00Z'), day: '2026-10-25', hour: 1, weekday: 7 },
  ])
})
