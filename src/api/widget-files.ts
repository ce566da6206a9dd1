import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Inboxes } from '../chat/inboxes/inboxes.ts'
import { allowsPage } from '../chat/inboxes/sites.ts'
import type { SitesSeen } from '../chat/inboxes/sites-seen.ts'

/** `/widget`: the loader for any site, and the frame, which only the inbox's own sites may embed. */
export function widgetFiles(
  inboxes: Pick<Inboxes, 'get'>,
  filesOrigin: string,
  sitesSeen: Pick<SitesSeen, 'note'>,
): Hono {
  const files = new Hono()

  files.get('/loader.js', async (c, next) => {
    c.header('cache-control', 'public, max-age=300')
    c.header('cross-origin-resource-policy', 'cross-origin')
    await next()
  })

  files.get('/frame', async (c, next) => {
    const inbox = await inboxes.get(c.req.query('inbox'))
    const ancestors = inbox.allowedOrigins.join(' ')
    c.header(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: ${filesOrigin}; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors ${ancestors}`,
    )
    c.header('cache-control', 'no-cache')
    // Of a site that may not embed it, the browser shows nothing all the same.
    if (allowsPage(inbox, c.req.header('referer'))) sitesSeen.note(inbox.key, c.req.header('referer'))
    await next()
  })

  files.use(
    serveStatic({
      root: 'dist',
      rewriteRequestPath: (path) => (path === '/widget/frame' ? '/widget/frame.html' : path),
    }),
  )
  return files
}
