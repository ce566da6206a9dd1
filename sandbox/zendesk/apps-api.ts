import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { documented, fixture } from '../fixtures/load.ts'
import { known, refused } from './answers.ts'
import type { App, Apps, Installation } from './apps.ts'
import { Refusal } from './changes.ts'

const Id = z.coerce.number().int()
const AppInput = z.object({ name: z.string().min(1), upload_id: Id })
const InstallationInput = z.object({
  app_id: Id,
  settings: z.looseObject({ name: z.string() }),
  enabled: z.boolean().default(true),
})
const InstallationChange = InstallationInput.pick({ settings: true, enabled: true }).partial()

/** The account's private apps. `isOffered`: whether its plan has them. */
export function appsApi({ apps: account, isOffered }: { apps: Apps; isOffered(): boolean }): Hono {
  const { apps, installations, write } = account
  const api = new Hono().onError(refused)
  const offered = () => {
    if (!isOffered()) throw new Refusal('zendesk/forbidden')
  }
  const appOf = (c: Context) => known(apps.get(idOf(c)))
  const queued = (id: string | undefined) => documented('zendesk/apps.job', { job_id: known(id) })

  api.get('/apps/owned', (c) => {
    offered()
    return c.json(documented('zendesk/apps.owned', { apps: [...apps.values()].map(appBody) }))
  })
  api.post('/apps/uploads', async (c) => {
    offered()
    const { uploaded_data } = z.object({ uploaded_data: z.instanceof(File) }).parse(await c.req.parseBody())
    const id = account.upload(new Uint8Array(await uploaded_data.arrayBuffer()))
    return c.json(documented('zendesk/apps.uploads', { id }), 201)
  })
  api.post('/apps', async (c) => {
    offered()
    const { name, upload_id } = AppInput.parse(await c.req.json())
    return c.json(queued(account.queue(upload_id, { name })))
  })
  api.put('/apps/:id', async (c) => {
    offered()
    const { upload_id } = AppInput.pick({ upload_id: true }).parse(await c.req.json())
    return c.json(queued(account.queue(upload_id, { app: appOf(c).id })))
  })
  api.delete('/apps/:id', (c) => {
    const { id } = appOf(c)
    for (const one of installations.values())
      if (one.app_id === id) write({ kind: 'installation', id: one.id, installation: null })
    write({ kind: 'app', id, app: null })
    return c.body(null, 204)
  })
  api.get('/apps/job_statuses/:job', (c) => {
    const id = c.req.param('job')
    const job = known(account.ask(id))
    if (job.status === 'failed')
      return c.json(documented('zendesk/apps.job_statuses.failed', { id, message: job.message }), 404)
    // It is done when it is asked again, however soon that is.
    const asked = { id, status: job.status, retry_in: 0 }
    if (job.status === 'completed')
      return c.json(documented('zendesk/apps.job_statuses', { ...asked, app_id: job.app }))
    return c.json(documented('zendesk/apps.job_statuses', { ...asked, app_id: null, app_url: null, message: null }))
  })

  const installationOf = (c: Context) => known(installations.get(idOf(c)))
  const putInstallation = (installation: Installation) => {
    write({ kind: 'installation', id: installation.id, installation })
    return documented('zendesk/apps.installations.show', installationBody(installation))
  }
  api.get('/apps/installations', (c) => {
    const all = [...installations.values()].map((one) =>
      documented('zendesk/apps.installations.show', installationBody(one)),
    )
    return c.json(documented('zendesk/apps.installations.list', { installations: all }))
  })
  api.post('/apps/installations', async (c) => {
    const input = InstallationInput.parse(await c.req.json())
    const app = known(apps.get(input.app_id))
    const isThere = [...installations.values()].some(({ app_id }) => app_id === app.id)
    if (isThere && app.manifest.singleInstall) throw new Refusal('zendesk/closed')
    return c.json(putInstallation({ ...input, id: account.newId() }))
  })
  api.put('/apps/installations/:id', async (c) => {
    const { enabled, settings } = InstallationChange.parse(await c.req.json())
    const before = installationOf(c)
    const after = { enabled: enabled ?? before.enabled, settings: { ...before.settings, ...settings } }
    return c.json(putInstallation({ ...before, ...after }))
  })
  api.delete('/apps/installations/:id', (c) => {
    write({ kind: 'installation', id: installationOf(c).id, installation: null })
    return c.body(null, 204)
  })

  return api
}

/** What anybody may ask. */
export function appKeys({ apps }: Apps): Hono {
  return new Hono().get('/apps/:id/public_key.pem', (c) => {
    const app = apps.get(idOf(c))
    return app ? c.text(app.publicKey) : c.text('Not Found', 404)
  })
}

const idOf = (c: Context): number => Number(c.req.param('id'))

function appBody({ id, name, manifest }: App): Record<string, unknown> {
  const [shape] = z.array(z.record(z.string(), z.unknown())).parse(fixture('zendesk/apps.owned').body.apps)
  const { author, frameworkVersion, singleInstall, version = null } = manifest
  return {
    ...shape,
    id,
    name,
    version,
    author_name: author.name ?? null,
    author_email: author.email ?? null,
    author_url: author.url ?? null,
    default_locale: manifest.defaultLocale,
    framework_version: frameworkVersion,
    single_install: singleInstall,
    parameters: [],
    products: Object.keys(manifest.location),
    visibility: manifest.private ? 'private' : 'public',
    large_icon: `/api/v2/apps/${id}/assets/logo.png`,
    small_icon: `/api/v2/apps/${id}/assets/logo-small.png`,
  }
}

/** Without requirements there is nothing to wait for. */
function installationBody({ id, app_id, enabled, settings }: Installation): Record<string, unknown> {
  const all = { title: settings.name, ...settings }
  const settings_objects = Object.entries(all).map(([name, value]) => ({ name, value }))
  return { id, app_id, enabled, settings: all, settings_objects, pending_installation: false, pending_job_id: null }
}
