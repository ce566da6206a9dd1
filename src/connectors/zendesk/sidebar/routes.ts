import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { SidebarPage } from '../../../contract/sidebar.ts'
import { createSidebarSignIn, type SidebarSignInDeps } from './sign-in.ts'

export interface SidebarDeps extends SidebarSignInDeps {
  /** Where the pictures of chats come from. */
  filesOrigin: string
}

/** Zendesk's own client, which it asks apps to load from there. */
const sdkOrigin = 'https://static.zdassets.com'
const folder = join('dist', 'zendesk')

/** `/connectors/zendesk/sidebar`: the page beside a ticket, opened by Zendesk with its word for who looks at it. */
export function sidebarRoutes(deps: SidebarDeps): Hono {
  const routes = new Hono()
  const signIn = createSidebarSignIn(deps)
  const policy = policyFor(deps)

  routes.post('/', async (c) => {
    const { token } = await c.req.parseBody()
    const { status, page } = await signIn(typeof token === 'string' ? token : undefined)
    return show(c, page, { status, policy })
  })

  routes.get('/', (c) =>
    show(c, { kind: 'refused', why: 'Open a ticket in Zendesk to sign in.' }, { status: 401, policy }),
  )

  routes.post('/token', async (c) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token) throw new DeskbridgeError('unauthorized')
    const { agent: _agent, ...next } = await deps.signIns.renew(token, 'Zendesk')
    return c.json(next)
  })

  routes.get(
    '/:file{[\\w-]+\\.(js|css)}',
    async (c, next) => {
      // Its name changes with what is in it.
      c.header('cache-control', 'public, max-age=31536000, immutable')
      await next()
    },
    serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice(path.lastIndexOf('/')) }),
  )

  return routes
}

const policyFor = ({ url, filesOrigin }: SidebarDeps): string =>
  [
    `default-src 'none'`,
    `script-src 'self' ${sdkOrigin}`,
    `style-src 'self'`,
    `img-src 'self' data: ${filesOrigin}`,
    `connect-src 'self' ws: wss:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${new URL(url).origin} https://*.zendesk.com`,
  ].join('; ')

async function show(
  c: Context,
  page: SidebarPage,
  { status, policy }: { status: 200 | 401 | 403 | 503; policy: string },
): Promise<Response> {
  const html = await readFile(join(folder, 'page.html'), 'utf8')
  // A script's end in a name must not end ours.
  const handed = JSON.stringify(page).replaceAll('<', '\\u003c')
  c.header('content-security-policy', policy)
  c.header('cache-control', 'no-store')
  return c.html(
    html.replace('{{handed}}', () => handed),
    status,
  )
}
