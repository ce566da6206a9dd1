import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Hours } from '../contract/hours.ts'
import { isOpen, nextOpening } from './opening-hours.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const daily = (...openings: [from: string, to: string][]) =>
  Object.fromEntries(days.map((day) => [day, openings.map(([from, to]) => ({ from, to }))]))
const weekdays = (from: string, to: string) => Object.fromEntries(days.slice(0, 5).map((day) => [day, [{ from, to }]]))

const at = (text: string) => Date.parse(text)
const hoursIn = (timeZone: string, weekly: object, holidays: object[] = []) =>
  Hours.parse({ timeZone, weekly, holidays })
const next = (hours: Hours, from: string) => {
  const found = nextOpening(hours, at(from))
  return found === null ? null : new Date(found).toISOString().replace('.000', '')
}

describe('an office in Lisbon, open from nine to five', () => {
  const office = hoursIn('Europe/Lisbon', weekdays('09:00', '17:00'), [
    { date: '2026-12-25', name: 'Christmas' },
    { date: '2026-12-24', openings: [{ from: '10:00', to: '12:00' }] },
    { date: '2026-12-26', openings: [{ from: '20:00', to: '24:00' }] },
  ])

  it.each([
    ['opens on the minute', '2026-07-01T08:00:00Z', true],
    ['is shut the moment before', '2026-07-01T07:59:59.999Z', false],
    ['shuts on the minute', '2026-07-01T16:00:00Z', false],
    ['is open until then', '2026-07-01T15:59:59.999Z', true],
    ['goes by winter time in winter', '2026-12-01T16:30:00Z', true],
    ['is shut on a Saturday', '2026-07-04T10:00:00Z', false],
    ['is shut on a holiday', '2026-12-25T10:00:00Z', false],
    ['has a holiday’s own hours', '2026-12-24T11:00:00Z', true],
    ['has a weekday’s hours no more on a holiday', '2026-12-24T14:00:00Z', false],
    ['opens on a Saturday that is in the list', '2026-12-26T21:00:00Z', true],
  ])('%s', (_, when, open) => {
    expect(isOpen(office, at(when))).toBe(open)
  })

  it.each([
    ['in the evening', '2026-07-01T20:00:00Z', '2026-07-02T08:00:00Z'],
    ['before a weekend', '2026-07-03T16:00:00Z', '2026-07-06T08:00:00Z'],
    ['before a weekend in which summer time ends', '2026-10-23T20:00:00Z', '2026-10-26T09:00:00Z'],
    ['before Christmas', '2026-12-24T12:00:00Z', '2026-12-26T20:00:00Z'],
    ['while it is open', '2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z'],
  ])('knows when it opens next: %s', (_, from, opens) => {
    expect(next(office, from)).toBe(opens)
  })
})

describe('a change of the clock', () => {
  const newYork = hoursIn('America/New_York', daily(['02:15', '03:15']))

  it.each([
    ['has passed an opening that began in the hour left out', '2026-03-08T06:59:00Z', '2026-03-08T07:00:00Z'],
    ['cuts such an opening down to what is left of it', '2026-03-08T07:15:00Z', '2026-03-09T06:15:00Z'],
    ['leaves other days alone', '2026-03-07T07:00:00Z', '2026-03-07T07:15:00Z'],
  ])('%s', (_, from, opens) => {
    expect(next(newYork, from)).toBe(opens)
  })

  it('leaves out an opening that lies within the hour left out', () => {
    expect(next(hoursIn('America/New_York', daily(['02:15', '02:45'])), '2026-03-08T00:00:00-05:00')).toBe(
      '2026-03-09T06:15:00Z',
    )
  })

  it('repeats an opening that lies within the hour repeated', () => {
    const night = hoursIn('America/New_York', daily(['01:15', '01:45']))
    const times = ['05:14', '05:15', '05:44', '05:45', '06:14', '06:15', '06:44', '06:45']
    expect(times.map((time) => isOpen(night, at(`2026-11-01T${time}:00Z`)))).toEqual([
      ...[false, true, true, false],
      ...[false, true, true, false],
    ])
  })

  it('takes a whole day away where a land changes sides of the date line', () => {
    expect(next(hoursIn('Pacific/Apia', { fri: [{ from: '09:00', to: '17:00' }] }), '2011-12-30T00:00:00Z')).toBe(
      '2012-01-05T19:00:00Z',
    )
  })
})

it('is always open without hours, and never with empty ones', () => {
  const never = hoursIn('UTC', {})
  expect([isOpen(null, 0), nextOpening(null, 7), isOpen(never, 0), nextOpening(never, 0)]).toEqual([
    true,
    7,
    false,
    null,
  ])
})

/** What the clock on the wall shows, found out by nothing that the code under test uses. */
function wallClock(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (when: number) => {
    const parts = Object.fromEntries(format.formatToParts(when).map(({ type, value }) => [type, value]))
    const weekday = days.find((day) => parts.weekday?.toLowerCase().startsWith(day)) ?? 'mon'
    return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}`, weekday }
  }
}

function isOpenByTheClock(hours: Hours, clock: ReturnType<typeof wallClock>, when: number): boolean {
  const { date, time, weekday } = clock(when)
  const openings = hours.holidays.find((one) => one.date === date)?.openings ?? hours.weekly[weekday]
  return openings.some(({ from, to }) => from <= time && time < to)
}

/** Days around which a zone's clock changes, and plain ones. */
const places = [
  ['Europe/Lisbon', '2026-03-29'],
  ['Europe/Lisbon', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['America/St_Johns', '2006-10-29'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Cairo', '2026-04-24'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2028-02-29'],
] as const

const clockText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const anOpening = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 * 12 }), { minLength: 2, maxLength: 2 })
  .map((ends) => ends.toSorted((a, b) => a - b).map((end) => clockText(5 * end)))
  .map(([from, to]) => ({ from, to }))
const openings = fc.array(anOpening, { maxLength: 2 })

const aPlan = fc.record({
  place: fc.constantFrom(...places),
  weekly: fc.record(Object.fromEntries(days.map((day) => [day, openings]))),
  holidays: fc.uniqueArray(fc.record({ day: fc.integer({ min: -2, max: 3 }), openings }), {
    maxLength: 2,
    selector: ({ day }) => day,
  }),
  start: fc.integer({ min: -36 * 60, max: 36 * 60 }),
})

it('agrees with a clock that is looked at every minute', () => {
  fc.assert(
    fc.property(aPlan, ({ place: [zone, date], weekly, holidays, start }) => {
      const midnight = Date.parse(`${date}T00:00:00Z`)
      const dated = holidays.map(({ day, openings: own }) => ({
        date: new Date(midnight + day * 86_400_000).toISOString().slice(0, 10),
        openings: own,
      }))
      const hours = hoursIn(zone, weekly, dated)
      const clock = wallClock(zone)
      const minutes = Array.from({ length: 26 * 60 }, (_, index) => midnight + (start + index) * 60_000)
      const open = minutes.map((when) => isOpenByTheClock(hours, clock, when))
      expect(minutes.map((when) => isOpen(hours, when))).toEqual(open)
      const first = minutes[open.indexOf(true)]
      const [begin = 0, end = minutes.at(-1) ?? 0] = [minutes[0]]
      const found = nextOpening(hours, begin)
      if (first === undefined) expect(found === null || found > end).toBe(true)
      else expect(found).toBe(first)
    }),
    { numRuns: 40 },
  )
})
