import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createJournal } from '../journal.ts'
import { Manifest } from './app-manifest.ts'
import { readPackage } from './app-package.ts'

export interface App {
  id: number
  name: string
  manifest: Manifest
  /** PEM */
  publicKey: string
  privateKey: string
}

export interface Installation {
  id: number
  app_id: number
  enabled: boolean
  settings: Record<string, unknown>
}

/** `working` until it is asked a second time. */
export type Job = { status: 'working' } | { status: 'failed'; message: string } | { status: 'completed'; app: number }

/** A new app with this name, or another package for one. */
type Target = { name: string } | { app: number }

type Entry =
  | { kind: 'app'; id: number; app: App | null }
  | { kind: 'installation'; id: number; installation: Installation | null }

/** The private apps of the account; what is uploaded and being built is not kept over a restart. */
export function createApps(options: { folder: string | undefined; newId(): number }) {
  const apps = new Map<number, App>()
  const installations = new Map<number, Installation>()
  const uploads = new Map<number, Uint8Array>()
  const jobs = new Map<string, { asks: number; result: Job | null; build(): Job }>()

  const apply = (entry: Entry) => {
    if (entry.kind === 'app') put(apps, entry.id, entry.app)
    else put(installations, entry.id, entry.installation)
  }
  const { write } = createJournal<Entry>({ folder: options.folder, name: 'zendesk-apps', apply })

  const build = (zip: Uint8Array, target: Target): Job => {
    const read = readPackage(zip)
    if ('refusals' in read) return { status: 'failed', message: read.refusals.join('; ') }
    const known = 'app' in target ? apps.get(target.app) : newApp(options.newId(), target.name)
    if (!known) return { status: 'failed', message: 'The app is not there any more' }
    write({ kind: 'app', id: known.id, app: { ...known, manifest: read.manifest } })
    return { status: 'completed', app: known.id }
  }

  return {
    apps,
    installations,
    write,
    newId: options.newId,
    /** Made and installed at once, whatever its address: as Zendesk's development server shows a page. */
    serve(url: string): App {
      const name = `Deskbridge (${new URL(url).host})`
      const page = { author: {}, defaultLocale: 'en', location: { support: { ticket_sidebar: url } } }
      const manifest = Manifest.parse({ ...page, frameworkVersion: '2.0', signedUrls: true })
      const app = { ...newApp(options.newId(), name), manifest }
      write({ kind: 'app', id: app.id, app })
      const id = options.newId()
      write({
        kind: 'installation',
        id,
        installation: { id, app_id: app.id, enabled: true, settings: { name: 'Deskbridge' } },
      })
      return app
    },
    upload(zip: Uint8Array): number {
      const id = options.newId()
      uploads.set(id, zip)
      return id
    },
    /** Undefined: nothing was uploaded under this id. */
    queue(upload: number, target: Target): string | undefined {
      const zip = uploads.get(upload)
      if (!zip) return undefined
      const id = randomBytes(16).toString('hex')
      jobs.set(id, { asks: 0, result: null, build: () => build(zip, target) })
      return id
    },
    ask(id: string): Job | undefined {
      const job = jobs.get(id)
      if (!job) return undefined
      job.asks += 1
      if (job.asks > 1) job.result ??= job.build()
      return job.result ?? { status: 'working' }
    },
  }
}

export type Apps = ReturnType<typeof createApps>

function newApp(id: number, name: string): Omit<App, 'manifest'> {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { id, name, ...pair }
}

function put<Value>(map: Map<number, Value>, id: number, value: Value | null): void {
  if (value === null) map.delete(id)
  else map.set(id, value)
}
