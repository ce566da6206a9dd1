import type { Content, Figure } from './content.ts'
import { idOf } from './mail.ts'
import type { DigestPost } from './ways.ts'

/** Slack takes so many fields in a section, and so many characters of a header and of a text. */
const most = { fields: 10, header: 150, text: 2_900 }
const mostFigures = 20

interface About {
  view: string
  dueAt: Date
  channel: string
  again: Date | null
}

export const postOf = (content: Content, { view, dueAt, channel, again }: About): DigestPost => ({
  id: idOf([view, dueAt.toISOString(), channel]),
  channel,
  text: escaped(`${content.title}: ${content.period}`),
  blocks: blocksOf(content),
  again,
})

/** Without these three nothing in a text is more than text. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const markdown = (text: string) => ({ type: 'mrkdwn', text })

function blocksOf({ title, period, compared, figures, lines, link }: Content): object[] {
  const days = compared === null ? period : `${period}, compared with ${compared}`
  const shown = figures.slice(0, mostFigures)
  const sections = Array.from({ length: Math.ceil(shown.length / most.fields) }, (_, index) => ({
    type: 'section',
    fields: shown.slice(index * most.fields, (index + 1) * most.fields).map(fieldOf),
  }))
  return [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, most.header), emoji: false } },
    { type: 'context', elements: [markdown(escaped(days))] },
    ...sections,
    ...(lines ? [{ type: 'section', text: markdown(linesText(lines)) }] : []),
    { type: 'section', text: markdown(`<${link}|Open the report>`) },
  ]
}

const fieldOf = ({ title, value, change }: Figure) =>
  markdown(`${escaped(title)}\n*${escaped(value)}*${change === null ? '' : ` (${escaped(change)})`}`)

/** As many as there is room for, whole. */
const linesText = ({ heading, columns, rows }: NonNullable<Content['lines']>): string =>
  rows
    .map(
      ({ label, values }) =>
        `${escaped(label)}: ${values.map((value, index) => escaped(`${columns[index]} ${value}`)).join(', ')}`,
    )
    .reduce((all, line) => (all.length + line.length < most.text ? `${all}\n${line}` : all), `*${escaped(heading)}*`)
