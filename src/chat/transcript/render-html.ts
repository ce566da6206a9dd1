import { createHash } from 'node:crypto'
import type { Line } from './line-of.ts'
import type { LocalTime } from './local-time.ts'
import { happeningText, nameIn, plainName, type Rendering } from './rendering.ts'
import { style } from './style.ts'

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign)

const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but its own style; no scripts, no requests. */
export const htmlPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups`

/** A page that needs nothing else, for the screen and for print. */
export const htmlRendering: Rendering = {
  contentType: 'text/html; charset=utf-8',
  head({ sessionId, inbox, visitor, time, startedAt }) {
    const title = `Chat with ${escapeHtml(plainName(inbox))}`
    const email = visitor.email && ` &lt;${escapeHtml(visitor.email)}&gt;`
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p><bdi>${escapeHtml(plainName(visitor.name ?? 'Visitor'))}</bdi>${email ?? ''}</p>
<p>${escapeHtml(time.day(startedAt))}, ${escapeHtml(time.clock(startedAt))} · times in ${escapeHtml(time.zone)}</p>
<p>${sessionId}</p>
</header>
<main>
`
  },
  day: (text) => `<h2>${escapeHtml(text)}</h2>\n`,
  line: (line, time) =>
    line.kind === 'happening'
      ? `<p class="happening"><bdi>${escapeHtml(happeningText(line))}</bdi> · ${stamp(line.at, time)}</p>\n`
      : article(line, time),
  end: '</main>\n</body>\n</html>\n',
}

const stamp = (at: Date, time: LocalTime): string =>
  `<time datetime="${time.iso(at)}">${escapeHtml(time.clock(at))}</time>`

function article(line: Extract<Line, { kind: 'message' }>, time: LocalTime): string {
  const kind = line.isInternal ? 'note' : line.sender.type
  const marks = [line.isInternal && 'internal note', line.edited && 'edited'].filter((mark) => mark !== false)
  const heading = `<bdi>${escapeHtml(nameIn(line))}</bdi> ${stamp(line.at, time)}${marks.map((mark) => ` <small>(${mark})</small>`).join('')}`
  return `<article class="${kind}">\n<h3>${heading}</h3>\n${said(line)}</article>\n`
}

function said({ deleted, content, file }: Extract<Line, { kind: 'message' }>): string {
  if (deleted) return '<p class="gone">message deleted</p>\n'
  const text = content === '' ? '' : `<p dir="auto">${escapeHtml(content)}</p>\n`
  if (!file) return text
  const name = `<bdi>${escapeHtml(plainName(file.name))}</bdi>`
  const url = file.url !== null && /^https?:\/\//.test(file.url) ? file.url : null
  const link =
    url === null ? name : `<a href="${escapeHtml(url)}" rel="noopener noreferrer" target="_blank">${name}</a>`
  return `${text}<p>${link}</p>\n`
}
