import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const root = 'dist'
const assets = '/console/assets/'

/** What names its content in its name never changes; the page that names it is asked for each time. */
const forever = 'public, max-age=31536000, immutable'

/** Scripts, styles and calls of this service alone; nobody may put it into a frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `/console`: one page, whatever the address below, and what it loads. */
export function consoleFiles(): Hono {
  const files = new Hono()

  files.use(async (c, next) => {
    await next()
    const isAsset = c.req.path.startsWith(assets)
    c.header('cache-control', isAsset && c.res.ok ? forever : 'no-cache')
    if (!isAsset) c.header('content-security-policy', policy)
  })

  files.use(
    serveStatic({
      root,
      rewriteRequestPath: (path) => (path.startsWith(assets) ? path : '/console/page.html'),
    }),
  )
  return files
}
