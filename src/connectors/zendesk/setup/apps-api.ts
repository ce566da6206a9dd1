import { z } from 'zod'
import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { allPages, Id, Meta, nextOf, type ZendeskSdk } from '../sdk.ts'

const App = z.object({ id: Id, name: z.string(), version: z.string().nullish(), author_url: z.string().nullish() })
export type App = z.infer<typeof App>

const Installation = z.object({ id: Id, app_id: Id, enabled: z.boolean() })
export type Installation = z.infer<typeof Installation>

/** The private apps of an account. All methods throw `ZendeskError`. */
export interface AppsApi {
  /** Those that the account has made, not what it has from the Marketplace. */
  owned(): Promise<App[]>
  /** Answers the upload's id. */
  upload(zip: Uint8Array<ArrayBuffer>): Promise<string>
  /** Answers the app's id once it is built. Throws `RemoteFailure` with what Zendesk has against the package. */
  create(name: string, upload: string): Promise<string>
  /** Comes back once it is built, or throws as `create` does. */
  update(app: string, upload: string): Promise<void>
  remove(app: string): Promise<void>
  installations(): Promise<Installation[]>
  /** `title`: what agents see above it. */
  install(app: string, title: string): Promise<void>
  enable(installation: string): Promise<void>
  uninstall(installation: string): Promise<void>
  /** By which it is known what Zendesk has signed for the app. PEM */
  publicKey(app: string): Promise<string>
}

const Owned = z.object({ apps: z.array(App), meta: Meta })
const Installations = z.object({ installations: z.array(Installation), meta: Meta })
const Uploaded = z.object({ id: Id })
const Queued = z.object({ job_id: z.string() })
const Job = z.object({
  status: z.enum(['queued', 'working', 'failed', 'completed', 'killed']),
  message: z.string().nullish(),
  app_id: Id.nullish(),
  /** Seconds. */
  retry_in: z.number().nullish(),
})
const PublicKey = z.string().startsWith('-----BEGIN PUBLIC KEY-----')

/** A build that is not done by then is left to itself. */
const mostAsks = 60

export function createAppsApi(
  { client, at, call, send, sendForText }: ZendeskSdk,
  wait: (ms: number) => Promise<void>,
) {
  // As in account.ts: the SDK has nothing for apps but its plain calls.
  const plain = client.search
  const done = async (work: () => Promise<unknown>) => void (await call(z.unknown(), work))

  const built = async (work: () => Promise<unknown>): Promise<string> => {
    const { job_id } = await call(Queued, work)
    // The documented answer of a build that failed has the status 404.
    const sent = { method: 'GET', headers: { Accept: 'application/json' }, answers: 404 }
    for (let asked = 0; asked < mostAsks; asked += 1) {
      const job = await send(Job, at(`/api/v2/apps/job_statuses/${job_id}.json`), sent)
      if (job.status === 'completed' && job.app_id) return job.app_id
      if (job.status === 'failed' || job.status === 'killed')
        throw new RemoteFailure({ kind: 'refused' }, `Zendesk does not build the app: ${job.message ?? job.status}`)
      await wait((job.retry_in ?? 1) * 1_000)
    }
    throw new RemoteFailure({ kind: 'transient' }, 'Zendesk has not built the app yet')
  }

  const api: AppsApi = {
    owned: () =>
      allPages(async (query) => {
        const page = await call(Owned, () => plain.get(['apps', 'owned', `?${query}`]))
        return { items: page.apps, next: nextOf(page.meta) }
      }),
    async upload(zip) {
      const body = new FormData()
      body.append('uploaded_data', new Blob([zip], { type: 'application/zip' }), 'app.zip')
      const sent = { method: 'POST', body, headers: { Accept: 'application/json' } }
      return (await send(Uploaded, at('/api/v2/apps/uploads.json'), sent)).id
    },
    create: (name, upload) => built(() => plain.post(['apps'], { name, upload_id: upload })),
    async update(app, upload) {
      await built(() => plain.put(['apps', app], { upload_id: upload }))
    },
    remove: (app) => done(() => plain.delete(['apps', app])),

    installations: () =>
      allPages(async (query) => {
        const page = await call(Installations, () => plain.get(['apps', 'installations', `?${query}`]))
        return { items: page.installations, next: nextOf(page.meta) }
      }),
    install: (app, title) =>
      done(() => plain.post(['apps', 'installations'], { app_id: app, settings: { name: title } })),
    enable: (installation) => done(() => plain.put(['apps', 'installations', installation], { enabled: true })),
    uninstall: (installation) => done(() => plain.delete(['apps', 'installations', installation])),

    publicKey: (app) =>
      sendForText(PublicKey, at(`/api/v2/apps/${app}/public_key.pem`), { method: 'GET', headers: {} }),
  }
  return api
}

/** What the administrator sees in the account's list of apps: each installation of Deskbridge has one of its own. */
export const appNameAt = (publicUrl: string): string => `Deskbridge (${publicUrl.replace(/^https?:\/\//, '')})`

/** One that was uploaded by hand has whatever name was typed; the address of its author is ours all the same. */
export const isAppOf = (publicUrl: string, { name, author_url }: App): boolean =>
  author_url === publicUrl || name === appNameAt(publicUrl)

export interface OurApp {
  appId: string
  /** Those that are switched on. */
  installations: string[]
  publicKeyPem: string
}

/** The app whose page is at this address (without a final slash); null: there is none. Asks the account each time. */
export async function findOurApp(
  apps: Pick<AppsApi, 'owned' | 'installations' | 'publicKey'>,
  publicUrl: string,
): Promise<OurApp | null> {
  const ours = (await apps.owned()).find((app) => isAppOf(publicUrl, app))
  if (!ours) return null
  const [all, publicKeyPem] = await Promise.all([apps.installations(), apps.publicKey(ours.id)])
  const installations = all.filter(({ app_id, enabled }) => enabled && app_id === ours.id).map(({ id }) => id)
  return { appId: ours.id, installations, publicKeyPem }
}
