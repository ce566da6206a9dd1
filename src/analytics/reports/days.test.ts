import { describe, expect, it } from 'vitest'
import { common } from '../../contract/view-days.ts'
import { comparedWith, eachDay, eachMonth, lengthsIn } from './days.ts'

const days = (from: string, until: string) => ({ from, until })

it('goes through days and months, also those of which only a part is in it', () => {
  const all = days('2028-02-28', '2028-03-01')
  expect([[...eachDay(all)], [...eachMonth(all)]]).toEqual([
    ['2028-02-28', '2028-02-29', '2028-03-01'],
    ['2028-02', '2028-03'],
  ])
})

it('says what two stretches have in common', () => {
  expect([
    common(days('2026-01-01', '2026-01-31'), days('2026-01-20', '2026-02-10')),
    common(days('2026-01-20', '2026-02-10'), days('2026-01-22', '2026-01-23')),
    common(days('2026-01-01', '2026-01-31'), days('2026-02-01', '2026-02-10')),
  ]).toEqual([days('2026-01-20', '2026-01-31'), days('2026-01-22', '2026-01-23'), null])
})

describe('what a period is compared with', () => {
  it.each([
    ['as many days before', days('2026-11-23', '2026-11-29'), 'previous', days('2026-11-16', '2026-11-22')],
    ['the day before', days('2026-03-01', '2026-03-01'), 'previous', days('2026-02-28', '2026-02-28')],
    [
      'a whole month before a whole month',
      days('2026-03-01', '2026-03-31'),
      'previous',
      days('2026-02-01', '2026-02-28'),
    ],
    ['as many whole months', days('2026-04-01', '2026-06-30'), 'previous', days('2026-01-01', '2026-03-31')],
    ['the same days a year earlier', days('2026-11-23', '2026-11-29'), 'year', days('2025-11-23', '2025-11-29')],
    ['a leap day’s neighbour', days('2028-02-29', '2028-02-29'), 'year', days('2027-02-28', '2027-02-28')],
  ] as const)('is %s', (_, asked, compare, expected) => {
    expect(comparedWith(asked, compare)).toEqual(expected)
  })
})

it('is as long as the wall’s clock runs, and no longer than until now', () => {
  const lengths = (now: string) => {
    const { ofDays } = lengthsIn('Europe/Lisbon', Date.parse(now))
    return [days('2026-10-25', '2026-10-25'), days('2026-03-29', '2026-03-29'), days('2026-10-26', '2026-10-27')].map(
      (of) => ofDays(of) / 3_600_000,
    )
  }
  expect([lengths('2027-01-01T00:00Z'), lengths('2026-10-25T12:00Z')]).toEqual([
    [25, 23, 48],
    [13, 23, 0],
  ])
})

it.each([
  ['Europe/Lisbon', '2026-10-25', 25, { 0: 1, 1: 2, 2: 1 }],
  ['Europe/Lisbon', '2026-03-29', 23, { 0: 1, 1: 0, 2: 1 }],
  ['Australia/Lord_Howe', '2026-04-05', 24.5, { 0: 1, 1: 1.5, 2: 1 }],
  ['America/Sao_Paulo', '2018-11-04', 23, { 0: 0, 1: 1, 23: 1 }],
])('has the hours of a wall in %s on %s, when the clock jumps', (timeZone, day, whole, some) => {
  const { ofHour } = lengthsIn(timeZone, Date.parse('2027-01-01T00:00Z'))
  const all = Array.from({ length: 24 }, (_, hour) => ofHour(day, hour) / 3_600_000)
  expect([all.reduce((sum, hour) => sum + hour, 0), all]).toEqual([whole, Object.assign(Array(24).fill(1), some)])
})
