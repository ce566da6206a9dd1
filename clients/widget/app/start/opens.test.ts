import { expect, it } from 'vitest'
import { whenItOpens } from './opens.ts'

const now = new Date(2026, 4, 4, 20, 0).getTime()
const at = (day: number, hour: number) => new Date(2026, 4, day, hour, 30).toISOString()

it.each([
  ['today', at(4, 22), 'en-GB', 'today, 22:30'],
  ['tomorrow, although it is less than a day', at(5, 9), 'de', 'morgen, 9:30'],
  ['a day of the week', at(8, 9), 'fr', 'vendredi, 9:30'],
  ['a date', at(20, 9), 'en-GB', '20 May, 9:30'],
])('says that it opens %s', (_what, opensAt, language, said) => {
  expect(whenItOpens(opensAt, now, language)).toBe(said)
})
