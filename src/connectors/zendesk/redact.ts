import type { Comment } from './api.ts'

/** What Zendesk puts in the place of each character that it redacts. */
const blackened = /[\u2587\s]/gu
const tag = /<[^>]*>/g
const showsSomething = /^<(a|img)\b(?![^>]*\sredact(?=[\s>]))/i

const hasText = (html: string): boolean =>
  html.replaceAll(tag, '').replaceAll('&nbsp;', ' ').replaceAll(blackened, '') !== ''

/** Whether a comment still says or shows something. */
export const saysSomething = ({ html_body: html, body, attachments }: Comment): boolean =>
  hasText(html ?? body ?? '') || /<(a|img)\b/i.test(html ?? '') || (attachments ?? []).length > 0

/** A comment's HTML with everything in it marked to be redacted: each stretch of text, and each link and picture itself. */
export function wholly(html: string): string {
  let marked = ''
  let at = 0
  for (const { 0: markup, index } of html.matchAll(tag)) {
    marked +=
      redacted(html.slice(at, index)) + (showsSomething.test(markup) ? markup.replace(/\s*\/?>$/, ' redact>') : markup)
    at = index + markup.length
  }
  return marked + redacted(html.slice(at))
}

const redacted = (text: string): string => (text.trim() === '' ? text : `<redact>${text}</redact>`)
