import { createHash } from 'node:crypto'
import type { Content, Figure } from './content.ts'
import type { DigestMail } from './ways.ts'

interface About {
  /** Of the view. */
  view: string
  dueAt: Date
  to: string
  csv: string
}

export function mailOf(content: Content, { view, dueAt, to, csv }: About): DigestMail {
  return {
    id: idOf([view, dueAt.toISOString(), to]),
    thread: idOf([view]),
    fromName: 'Deskbridge',
    to,
    subject: `${content.title}: ${content.period}`,
    text: textOf(content),
    html: htmlOf(content),
    attachments: [{ name: 'report.csv', contentType: 'text/csv; charset=utf-8', content: csv }],
  }
}

/** Letters and digits, the same for the same. */
export const idOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)

const comparedWith = ({ compared }: Content) => (compared === null ? [] : [`Compared with ${compared}`])

const figureText = ({ title, value, change }: Figure) => `${title}: ${value}${change === null ? '' : ` (${change})`}`

function textOf(content: Content): string {
  const { title, period, figures, lines, link } = content
  return `${[
    [title, period, ...comparedWith(content)].join('\n'),
    figures.map(figureText).join('\n'),
    ...(lines
      ? [
          [lines.heading, ...lines.rows.map(({ label, values }) => `${label}: ${named(lines.columns, values)}`)].join(
            '\n',
          ),
        ]
      : []),
    `The whole report: ${link}`,
  ].join('\n\n')}\n`
}

const named = (names: readonly string[], values: readonly string[]) =>
  values.map((value, index) => `${names[index]} ${value}`).join(', ')

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign)

const muted = 'color:#566072;font-size:13px'
const cellStyle = 'padding:6px 12px 6px 0;border-bottom:1px solid #e3e6ec;text-align:left;vertical-align:top'

/** Mail readers know no style but that of the element itself. */
function htmlOf(content: Content): string {
  const { title, period, figures, link } = content
  const figure = ({ title: name, value, change }: Figure) =>
    row('td', [`${escaped(name)}`, `<strong>${escaped(value)}</strong>`, ...(change === null ? [] : [escaped(change)])])
  return `<!doctype html>
<html lang="en"><body style="font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5;max-width:640px">
<h1 style="font-size:20px;margin:0"><bdi>${escaped(title)}</bdi></h1>
<p style="margin:4px 0 16px;${muted}">${[period, ...comparedWith(content)].map(escaped).join('<br>')}</p>
<table style="border-collapse:collapse">${figures.map(figure).join('\n')}</table>
${linesHtml(content)}<p style="margin:24px 0"><a href="${escaped(link)}" style="background:#1f5eff;color:#ffffff;padding:10px 18px;border-radius:8px;text-decoration:none">Open the report</a></p>
</body></html>
`
}

const row = (kind: 'th' | 'td', cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${kind} style="${cellStyle}">${cell}</${kind}>`).join('')}</tr>`

function linesHtml({ lines }: Content): string {
  if (!lines) return ''
  const rows = lines.rows.map(({ label, values }) =>
    row('td', [`<bdi>${escaped(label)}</bdi>`, ...values.map((value) => escaped(value))]),
  )
  return `<h2 style="font-size:16px;margin:24px 0 8px">${escaped(lines.heading)}</h2>
<table style="border-collapse:collapse;font-size:14px">${[row('th', ['', ...lines.columns.map(escaped)]), ...rows].join('\n')}</table>
`
}
