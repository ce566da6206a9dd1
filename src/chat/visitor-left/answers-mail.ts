import { escapeHtml } from '../transcript/render-html.ts'

export interface AnswersMail {
  answers: readonly { heading: string; text: string }[]
  /** Back into the chat. */
  link: string
  /** Somebody reads what is sent back to such an email. */
  isRead: boolean
}

const unread = 'Please answer in the chat: replies to this email are not read.'

export const answersText = ({ answers, link, isRead }: AnswersMail): string =>
  [
    ...answers.map(({ heading, text }) => `${heading}\n${text}`),
    `Go on in the chat: ${link}`,
    ...(isRead ? [] : [unread]),
  ].join('\n\n')

/** Mail readers know no style but that of the element itself. */
export function answersHtml({ answers, link, isRead }: AnswersMail): string {
  const muted = 'color:#566072;font-size:13px'
  const said = answers.map(
    ({ heading, text }) => `<p style="margin:16px 0 4px;${muted}"><bdi>${escapeHtml(heading)}</bdi></p>
<p dir="auto" style="margin:0;overflow-wrap:anywhere">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`,
  )
  return `<!doctype html>
<html lang="en"><body style="font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5;max-width:600px">
${said.join('\n')}
<p style="margin:24px 0"><a href="${escapeHtml(link)}" style="background:#1f5eff;color:#ffffff;padding:10px 18px;border-radius:8px;text-decoration:none">Go on in the chat</a></p>
${isRead ? '' : `<p style="${muted}">${unread}</p>\n`}</body></html>
`
}
