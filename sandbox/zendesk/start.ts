import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { sendFace } from '../face.ts'
import { createFaults } from '../faults.ts'
import { createLimits } from '../limits.ts'
import { createCalls, listen, type Stand } from '../serve.ts'
import { createStream } from '../stream.ts'
import { createAccount } from './account.ts'
import { adminApi } from './admin-api.ts'
import { agentView } from './agent-view/routes.ts'
import { supportApi } from './api.ts'
import { mountApps } from './app-tokens.ts'
import { createApps } from './apps.ts'
import { appKeys, appsApi } from './apps-api.ts'
import { createAttachments } from './attachments.ts'
import { createChanges } from './changes.ts'
import { createEvents } from './events.ts'
import { createFire, type Mail } from './fire.ts'
import { mountPeople } from './people.ts'
import { createRules, type Webhook } from './rules.ts'
import { type Credentials, createTokens } from './tokens.ts'
import { createWebhooksOut } from './webhooks-out.ts'

export interface ZendeskSandboxOptions extends Credentials {
  port: number
  webhookSecret: string
  webhookUrl?: string | undefined
  /** The page of a private app that is installed from the beginning. */
  appUrl?: string | undefined
  folder?: string | undefined
  /** Multiplies the windows of limits and the delays of retries. */
  factor: number
  /** Epoch ms. */
  now?(): number
}

/** A stand-in of Zendesk Support: the API under `/api/v2`, signed webhooks, and under `/sandbox` what its agents do. */
export function startZendesk(options: ZendeskSandboxOptions): Promise<Stand> {
  const now = options.now ?? Date.now
  const faults = createFaults()
  const calls = createCalls()
  const stream = createStream()
  let available = true
  let offersEvents = true
  let offersApps = true
  const account = createAccount({ folder: options.folder, now, changed: (entry) => stream.publish({ ...entry }) })
  const preset = presetWebhook(options)
  const rules = createRules({ folder: options.folder, newId: account.newId, preset })
  const out = createWebhooksOut({ rules, faults, factor: options.factor, now })
  const mails: Mail[] = []
  const fire = createFire({ account, rules, ring: out.ring, mailed: (mail) => void mails.push(mail) })
  const tokens = createTokens(options, now)
  const attachments = createAttachments({ folder: options.folder, newId: account.newId, accepts: tokens.accepts })
  const apps = createApps({ folder: options.folder, newId: account.newId })
  if (options.appUrl && apps.apps.size === 0) apps.serve(options.appUrl)
  const tell = createEvents({ account, tell: out.tell })
  const changes = createChanges(account, attachments, (change) => {
    tell(change)
    fire(change)
  })

  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.replace(/\.json$/, '') })
  app.use(cors())
  const nameOf = (c: Context) => `${c.req.method} ${c.req.path.replace(/\.json$/, '').replace(/\/\d+/, '/:id')}`
  for (const path of ['/api/*', '/oauth/*']) {
    app.use(path, calls.middleware(nameOf))
    app.use(path, async (c, next) => (available ? next() : c.text('service unavailable', 503)))
    app.use(path, faults.middleware(nameOf))
  }
  app.post('/oauth/tokens', tokens.issue)
  app.route('/api/v2', appKeys(apps))
  const limits = createLimits(now)
  app.route(
    '/api/v2',
    supportApi({ account, attachments, changes, limits, factor: options.factor, now, accepts: tokens.accepts }),
  )
  app.route('/api/v2', adminApi({ account, rules, offersEvents: () => offersEvents }))
  app.route('/api/v2', appsApi({ apps, isOffered: () => offersApps }))
  faults.mount(app)
  calls.mount(app)
  stream.mount(app)
  attachments.mount(app)
  mountApps(app, apps, now)
  app.route('/agent', agentView())
  app.get('/photos/:file', (c) => sendFace(c, c.req.param('file')))
  mountPeople(app, { account, attachments, changes })
  app.get('/sandbox/mails', (c) => c.json(mails))
  app.put('/sandbox/state', async (c) => {
    const state = z
      .object({
        available: z.boolean().optional(),
        /** The credentials are not accepted any more. */
        revoked: z.boolean().optional(),
        webhookUrl: z.string().optional(),
        /** Whether the account's webhooks may subscribe to events. */
        offersEvents: z.boolean().optional(),
        /** Whether the account's plan has private apps. */
        offersApps: z.boolean().optional(),
      })
      .parse(await c.req.json())
    available = state.available ?? available
    if (state.revoked !== undefined) tokens.refuseAll(state.revoked)
    if (state.webhookUrl !== undefined) preset.endpoint = state.webhookUrl
    offersEvents = state.offersEvents ?? offersEvents
    offersApps = state.offersApps ?? offersApps
    return c.json({ ok: true })
  })
  app.post('/sandbox/tokens/revoke', (c) => {
    tokens.revokeAll()
    return c.json({ ok: true })
  })
  app.post('/sandbox/reset', (c) => {
    account.clear()
    return c.json({ ok: true })
  })

  return listen(app, options.port, async () => {
    stream.close()
    await out.stop()
  })
}

/** The webhook of an account in which nobody has set one up: it tells of everything. */
const presetWebhook = ({ webhookUrl, webhookSecret }: ZendeskSandboxOptions): Webhook => ({
  id: 'preset',
  name: 'Preset',
  description: '',
  status: 'active',
  endpoint: webhookUrl ?? '',
  http_method: 'POST',
  request_format: 'json',
  subscriptions: ['comment_added', 'status_changed', 'agent_assignment_changed'].map(
    (name) => `zen:event-type:ticket.${name}`,
  ),
  secret: webhookSecret,
})
