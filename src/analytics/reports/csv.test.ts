import { expect, it } from 'vitest'
import type { Report } from '../../contract/analytics.ts'
import { csvOf } from './csv.ts'

const values = (sessions: number, csat: number | null) => ({
  sessions: { value: sessions, of: sessions },
  csat_score: { value: csat, of: 1 },
})

const aReport = (about: Partial<Report>): Report => ({
  ...{ from: '2026-11-01', until: '2026-11-30', by: 'tag', hours: 'calendar', compared: null },
  ...{ total: values(3, 4.5), rows: [], asOf: null, definitionVersion: 1 },
  ...about,
})

const ids = ['sessions', 'csat_score']

it('is a line for each row and one for all, with nothing where nothing was measured', () => {
  const rows = [{ key: 'vip', label: 'vip', values: values(3, null) }]
  expect(csvOf(aReport({ rows }), ids)).toBe('tag,label,sessions,csat_score\r\nvip,vip,3,\r\ntotal,,3,4.5\r\n')
})

it('has the other period’s figures beside these', () => {
  const compared = { from: '2026-10-01', until: '2026-10-31' }
  const rows = [
    { key: 'vip', label: 'vip', values: values(3, null), before: values(1, 2) },
    { key: 'new', label: 'new', values: values(0, -0.5) },
  ]
  expect(csvOf(aReport({ compared, rows, totalBefore: values(1, 2) }), ids)).toBe(
    [
      'tag,label,sessions,csat_score,sessions_before,csat_score_before',
      'vip,vip,3,,1,2',
      'new,new,0,-0.5,,',
      'total,,3,4.5,1,2',
      '',
    ].join('\r\n'),
  )
})

it('lets no name be a formula, and quotes what a table would take apart', () => {
  const names = ['=HYPERLINK("x")', '+1', '-1', '@a', '\tx', 'Bo, "the" Agent', 'two\nlines']
  const rows = names.map((label) => ({ key: 'k', label, values: {} }))
  const lines = csvOf(aReport({ rows, total: {} }), [])
    .split('\r\n')
    .slice(1, -2)
  expect(lines).toEqual([
    'k,"\'=HYPERLINK(""x"")"',
    "k,'+1",
    "k,'-1",
    "k,'@a",
    "k,'\tx",
    'k,"Bo, ""the"" Agent"',
    'k,"two\nlines"',
  ])
})
