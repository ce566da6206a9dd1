import { expect, it } from 'vitest'
import { createKeyWords } from './key-words.ts'

const british = createKeyWords('en-GB')
/** The spaces of a locale are of many kinds. */
const plain = (text: string) => text.replace(/\s/g, ' ')

it('tells an hour by the clock of its inbox, a day and a month', () => {
  expect([
    british.short('hour', '2026-11-30T09:00+01:00'),
    british.whole('hour', '2026-11-30T09:00-08:00'),
    british.short('day', '2026-11-30'),
    british.whole('day', '2026-11-30'),
    british.short('month', '2026-11'),
    british.whole('month', '2026-11'),
  ]).toEqual(['09:00', '30 Nov, 09:00', '30 Nov', 'Mon, 30 Nov 2026', 'Nov 2026', 'November 2026'])
})

it('leaves a key that it does not know as it is', () => {
  expect(british.short('day', 'some day')).toBe('some day')
})

it('tells days as a range, and one day as itself', () => {
  expect([
    plain(british.range({ from: '2026-11-01', until: '2026-11-30' })),
    plain(british.range({ from: '2026-11-30', until: '2026-11-30' })),
  ]).toEqual(['1 – 30 Nov 2026', '30 Nov 2026'])
})

it('tells an hour of the week', () => {
  expect([british.hourOfWeek('1-09'), british.hourOfWeek('7-23')]).toEqual(['Monday, 09:00', 'Sunday, 23:00'])
})

it('begins the week on Monday, in the words of the locale', () => {
  expect(createKeyWords('de').weekdays.map(({ short }) => short)).toEqual(['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'])
})
