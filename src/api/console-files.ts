import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const root = 'dist'
const assets = '/console/assets/'
/** The widget as an editor's frame shows it. */
const preview = '/console/preview'

/** What names its content in its name never changes; the page that names it is asked for each time. */
const forever = 'public, max-age=31536000, immutable'

/** Scripts, styles and calls of this service alone. */
const policyFor = (ancestors: "'none'" | "'self'") =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

/** `/console`: one page, whatever the address below, and what it loads. */
export function consoleFiles(): Hono {
  const files = new Hono()

  files.use(async (c, next) => {
    await next()
    const isAsset = c.req.path.startsWith(assets)
    c.header('cache-control', isAsset && c.res.ok ? forever : 'no-cache')
    if (!isAsset) c.header('content-security-policy', policyFor(c.req.path === preview ? "'self'" : "'none'"))
  })

  files.use(
    serveStatic({
      root,
      rewriteRequestPath: fileOf,
    }),
  )
  return files
}

function fileOf(path: string): string {
  if (path.startsWith(assets)) return path
  return path === preview ? '/console/preview.html' : '/console/page.html'
}
