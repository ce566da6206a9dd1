import { expect, it } from 'vitest'
import type { Report } from '../../contract/analytics.ts'
import { contentOf } from './content.ts'
import { postOf } from './post.ts'

const view = {
  name: 'Chats & <more>',
  metrics: ['sessions', 'missed'],
  link: 'https://chat.example/console/reports/v1',
}

const aReport = (more: Partial<Report> = {}): Report => ({
  ...{ from: '2026-11-01', until: '2026-11-30', by: 'hour_of_day', hours: 'calendar', compared: null },
  total: { sessions: { value: 3, of: 3 } },
  rows: [],
  asOf: null,
  definitionVersion: 1,
  ...more,
})

const lineOf = (label: string, sessions: number | null) => ({
  key: label,
  label,
  values: { sessions: { value: sessions, of: 1 }, missed: { value: 1, of: 1 } },
})

it('tells what there is, and a dash for what is not', () => {
  expect(contentOf(view, aReport())).toEqual({
    ...{ title: view.name, period: '1 November 2026 to 30 November 2026', compared: null, link: view.link },
    figures: [
      { title: 'Chats', value: '3', change: null },
      { title: 'Missed', value: '–', change: null },
    ],
    lines: null,
  })
})

it('keeps the order of a few lines', () => {
  const { lines } = contentOf(view, aReport({ rows: [lineOf('08', 1), lineOf('09', 7)] }))
  expect(lines).toEqual({
    heading: 'By hour of day',
    columns: ['Chats', 'Missed'],
    rows: [
      { label: '08', values: ['1', '1'] },
      { label: '09', values: ['7', '1'] },
    ],
  })
})

it('shows of many lines those with the most', () => {
  const rows = Array.from({ length: 24 }, (_, hour) => lineOf(String(hour), hour === 5 ? null : hour))
  const { lines } = contentOf(view, aReport({ rows }))
  expect([lines?.heading, lines?.rows.map(({ label }) => label)]).toEqual([
    'By hour of day, the 10 largest of 24',
    ['23', '22', '21', '20', '19', '18', '17', '16', '15', '14'],
  ])
})

it('is a post whose texts mention nobody and link nowhere but to the report', () => {
  const report = aReport({ from: '2026-11-30', rows: [lineOf('<!channel>', 1)] })
  const post = postOf(contentOf(view, report), { view: 'v1', dueAt: new Date(0), channel: 'C1', again: null })
  expect(post).toEqual({
    ...{ id: expect.stringMatching(/^[0-9a-f]{24}$/), channel: 'C1', again: null },
    text: 'Chats &amp; &lt;more&gt;: 30 November 2026',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Chats & <more>', emoji: false } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: '30 November 2026' }] },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: 'Chats\n*3*' },
          { type: 'mrkdwn', text: 'Missed\n*–*' },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: '*By hour of day*\n&lt;!channel&gt;: Chats 1, Missed 1' } },
      { type: 'section', text: { type: 'mrkdwn', text: `<${view.link}|Open the report>` } },
    ],
  })
})
