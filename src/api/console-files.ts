import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { forever, policyOf } from './own-pages.ts'

const root = 'dist'
const assets = '/console/assets/'
/** The widget as an editor's frame shows it. */
const preview = '/console/preview'

/** `/console`: one page, whatever the address below, and what it loads. */
export function consoleFiles(): Hono {
  const files = new Hono()

  files.use(async (c, next) => {
    await next()
    const isAsset = c.req.path.startsWith(assets)
    // The page that names them is asked for each time.
    c.header('cache-control', isAsset && c.res.ok ? forever : 'no-cache')
    const ancestors = c.req.path === preview ? "'self'" : "'none'"
    if (!isAsset) c.header('content-security-policy', policyOf({ frames: "'self'", ancestors }))
  })

  files.use(serveStatic({ root, rewriteRequestPath: fileOf }))
  return files
}

function fileOf(path: string): string {
  if (path.startsWith(assets)) return path
  return path === preview ? '/console/preview.html' : '/console/page.html'
}
