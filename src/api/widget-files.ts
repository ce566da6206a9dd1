import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Inboxes } from '../chat/inboxes/inboxes.ts'
import { allowsPage } from '../chat/inboxes/sites.ts'
import type { SitesSeen } from '../chat/inboxes/sites-seen.ts'
import type { Inbox } from '../contract/inbox.ts'
import type { ChallengeConfig } from '../platform/settings.ts'
import { forever } from './own-pages.ts'

/** `/widget`: the loader for any site, and the frame, which only the inbox's own sites may embed. */
export function widgetFiles(
  inboxes: Pick<Inboxes, 'get'>,
  filesOrigin: string,
  challengeSources: readonly string[],
  sitesSeen: Pick<SitesSeen, 'note'>,
): Hono {
  const files = new Hono()

  for (const script of ['/loader.js', '/host.js'])
    files.get(script, async (c, next) => {
      c.header('cache-control', 'public, max-age=300')
      c.header('cross-origin-resource-policy', 'cross-origin')
      // What a script of another site imports is asked for with CORS.
      c.header('access-control-allow-origin', '*')
      await next()
    })

  files.get('/frame', async (c, next) => {
    const inbox = await inboxes.get(c.req.query('inbox'))
    c.header('content-security-policy', policyFor(inbox, filesOrigin, challengeSources))
    c.header('cache-control', 'no-cache')
    // Asked for beside the scripts, which need it, and not after them.
    c.header('link', `</api/chat/inboxes/${encodeURIComponent(inbox.key)}>; rel=preload; as=fetch; crossorigin`)
    // Of a site that may not embed it, the browser shows nothing all the same.
    if (allowsPage(inbox, c.req.header('referer'))) sitesSeen.note(inbox.key, c.req.header('referer'))
    await next()
  })

  files.use(async (c, next) => {
    await next()
    // All others name their content.
    if (c.res.ok && !c.res.headers.has('cache-control')) c.header('cache-control', forever)
  })
  files.use(
    serveStatic({
      root: 'dist',
      rewriteRequestPath: (path) => (path === '/widget/frame' ? '/widget/frame.html' : path),
    }),
  )
  return files
}

/** The challenge's own sites are let in where it may be asked for. */
function policyFor(
  { allowedOrigins, look, challenge }: Inbox,
  filesOrigin: string,
  sources: readonly string[],
): string {
  const asked = challenge.when === 'never' ? '' : sources.map((source) => ` ${source}`).join('')
  const logo = look.logoUrl ? ` ${new URL(look.logoUrl).origin}` : ''
  return [
    "default-src 'none'",
    `script-src 'self'${asked}`,
    `style-src 'self'${asked}`,
    `img-src 'self' data: blob: ${filesOrigin}${logo}`,
    `connect-src 'self' ws: wss:${asked}`,
    ...(asked ? [`frame-src${asked}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${allowedOrigins.join(' ')}`,
  ].join('; ')
}

/** Where the challenge loads from, as a policy names it. */
export const sourcesOf = (challenge: ChallengeConfig): string[] =>
  challenge.kind === 'none' ? [] : [new URL(challenge.scriptUrl).origin, ...challenge.scriptSources]
