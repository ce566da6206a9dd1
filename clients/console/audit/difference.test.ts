import { expect, it } from 'vitest'
import { differencesOf } from './difference.ts'

it('shows what differs, down to the value', () => {
  const before = { name: 'Shop', look: { color: '#111111', theme: 'auto' }, allowedOrigins: ['https://a.example'] }
  const after = { name: 'Shop', look: { color: '#222222', theme: 'auto' }, allowedOrigins: ['https://a.example', '*'] }
  expect(differencesOf(before, after)).toEqual([
    { path: 'look.color', before: '#111111', after: '#222222' },
    { path: 'allowedOrigins', before: 'https://a.example', after: 'https://a.example, *' },
  ])
})

it('shows all of what was made, and of what was removed', () => {
  const fields = { name: 'Shop', hours: { timeZone: 'UTC' }, retentionDays: null, enabled: true }
  expect([differencesOf(null, fields), differencesOf(fields, null).map(({ after }) => after)]).toEqual([
    [
      { path: 'name', before: null, after: 'Shop' },
      { path: 'hours.timeZone', before: null, after: 'UTC' },
      { path: 'enabled', before: null, after: 'true' },
    ],
    [null, null, null],
  ])
})

it('shows a value that became a group of values', () => {
  expect(differencesOf({ hours: 'always' }, { hours: { timeZone: 'UTC' } })).toMatchObject([
    { path: 'hours', before: 'always', after: expect.stringContaining('UTC') },
  ])
})
