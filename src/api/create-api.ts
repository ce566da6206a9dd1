import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { secureHeaders } from 'hono/secure-headers'
import type { Inboxes } from '../chat/inboxes/inboxes.ts'
import type { SitesSeen } from '../chat/inboxes/sites-seen.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import { compress } from '../platform/http/compress.ts'
import { onError } from '../platform/http/errors.ts'
import type { Logger } from '../platform/log-output.ts'
import type { ChallengeConfig } from '../platform/settings.ts'
import { consoleFiles } from './console-files.ts'
import { docsPage } from './docs-page.ts'
import { openApiRoutes } from './openapi.ts'
import { sourcesOf, widgetFiles } from './widget-files.ts'

/** No JSON of ours comes near; Slack's and Zendesk's events stay under it, too. */
const mostBodyBytes = 1_000_000

/** Whether the process can do its work, or what keeps it from that. */
export type Readiness = () => Promise<{ ready: boolean; [part: string]: unknown }>

export function createApi(deps: {
  inboxes: Pick<Inboxes, 'get'>
  sitesSeen: Pick<SitesSeen, 'note'>
  /** Where the pictures of chats come from. */
  filesOrigin: string
  challenge: ChallengeConfig
  ready: Readiness
  logger: Logger
  mount: readonly ((app: Hono) => void)[]
}): Hono {
  const app = new Hono()
  app.onError(onError(deps.logger))
  app.notFound(() => {
    throw new DeskbridgeError('not_found')
  })
  app.use(secureHeaders({ xFrameOptions: false, crossOriginResourcePolicy: 'cross-origin' }))
  app.use(compress)
  // An upload has a limit of its own, and must not be collected before it is looked at.
  app.use(
    except(
      ['/api/chat/upload', '/api/admin/agents/:id/picture'],
      bodyLimit({
        maxSize: mostBodyBytes,
        onError: () => {
          throw new DeskbridgeError('body_too_large')
        },
      }),
    ),
  )
  app.route('/console', consoleFiles())
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const state = await deps.ready()
    return c.json(state, state.ready ? 200 : 503)
  })
  app.route('/widget', widgetFiles(deps.inboxes, deps.filesOrigin, sourcesOf(deps.challenge), deps.sitesSeen))
  for (const mount of deps.mount) mount(app)
  app.route('/api/docs', docsPage())
  app.route('/api', openApiRoutes(app))
  return app
}
