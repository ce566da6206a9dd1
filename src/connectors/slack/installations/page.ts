import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { DeskbridgeError } from '../../../contract/errors.ts'

const style = 'body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}'
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

type Content = ReturnType<typeof html>

async function show(c: Context, status: 200 | DeskbridgeError['status'], title: string, content: Content) {
  c.header('content-security-policy', policy)
  c.header('cache-control', 'no-store')
  // The address has Slack's code in it.
  c.header('referrer-policy', 'no-referrer')
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>
`
  return c.html(page, status)
}

export const showInstalled = (c: Context, workspace: string) =>
  show(
    c,
    200,
    `Deskbridge is in ${workspace}`,
    html`<ol>
<li>Choose a channel there and write <code>/invite @Deskbridge</code> in it.</li>
<li>Copy the channel’s id: click its name, it stands at the very bottom.</li>
<li>Give it to whoever administers Deskbridge: it is an inbox’s <code>slack.channel</code>, or <code>SLACK_CHANNEL</code>.</li>
</ol>
<p>Chats that wait for this workspace go on by themselves. You can close this page.</p>`,
  )

export const showRefused = (c: Context, { status, message, code }: DeskbridgeError) =>
  show(c, status, 'Deskbridge was not installed', html`<p>${message}</p><p><code>${code}</code></p>`)
