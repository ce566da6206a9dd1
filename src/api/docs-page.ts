import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { forever, policyOf } from './own-pages.ts'

const path = '/api/docs'

/** What is asked from here goes to this host alone. The page's own parts set styles one by one. */
const policy = policyOf({ ancestors: "'none'" })

/** `/api/docs`: the document as a page, where requests can be tried. */
export function docsPage(): Hono {
  const page = new Hono()
  page.use(async (c, next) => {
    await next()
    // The names of the others change with what is in them.
    const isKept = c.res.ok && c.req.path !== path
    c.header('content-security-policy', policy)
    c.header('cache-control', isKept ? forever : 'no-cache')
  })
  page.use(
    serveStatic({
      root: 'dist/docs',
      rewriteRequestPath: (asked) => (asked === path ? '/page.html' : asked.slice(path.length)),
    }),
  )
  return page
}
