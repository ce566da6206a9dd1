import { ZendeskError } from '../transport.ts'
import { type App, type AppsApi, appNameAt, isAppOf } from './apps-api.ts'
import { isAddressForApps, packageApp } from './package-app.ts'
import { type Look, NotOffered, type Piece } from './piece.ts'

type Api = Omit<AppsApi, 'publicKey'>

/** What agents see above the app. */
const title = 'Deskbridge'

/** The app beside a ticket that shows its chat. Each installation of Deskbridge has one of its own, known by its address. */
export function sidebarApp(apps: Api, publicUrl: string): Piece {
  const owned = () => offered(apps.owned())
  const ours = async () => (await owned()).find((app) => isAppOf(publicUrl, app)) ?? null
  const installationOf = async ({ id }: Pick<App, 'id'>) =>
    (await apps.installations()).find(({ app_id }) => app_id === id) ?? null

  const look = async (): Promise<Look> => {
    if (!isAddressForApps(publicUrl)) throw new NotOffered(`Zendesk shows pages over https only, not ${publicUrl}`)
    const there = await ours()
    if (!there) return { kind: 'missing' }
    if (there.version !== (await packageApp(publicUrl)).version)
      return { kind: 'wrong', why: 'it is not of this version of Deskbridge' }
    const installation = await installationOf(there)
    if (!installation) return { kind: 'wrong', why: 'it is not installed' }
    return installation.enabled ? { kind: 'there' } : { kind: 'wrong', why: 'it is switched off' }
  }

  /** Its id, as it has to be and not yet installed. */
  const build = async (): Promise<string> => {
    const there = await ours()
    const { version, zip } = await packageApp(publicUrl)
    if (there?.version === version) return there.id
    const upload = await offered(apps.upload(zip))
    if (!there) return offered(apps.create(appNameAt(publicUrl), upload))
    await apps.update(there.id, upload)
    return there.id
  }

  return {
    name: 'the app in the ticket’s sidebar',
    shared: false,
    optional: true,
    look,
    async put() {
      const id = await build()
      const installation = await installationOf({ id })
      if (!installation) await apps.install(id, titleAmong(await owned(), publicUrl))
      else if (!installation.enabled) await apps.enable(installation.id)
    },
    async remove() {
      const there = await ours()
      if (!there) return
      const installation = await installationOf(there)
      if (installation) await apps.uninstall(installation.id)
      await apps.remove(there.id)
    },
  }
}

/** Where agents have two of them beside a ticket, the second one says whose it is. */
const titleAmong = (apps: readonly App[], publicUrl: string): string => {
  const others = apps.filter((app) => app.name.startsWith(`${title} (`) && !isAppOf(publicUrl, app))
  return others.length > 0 ? appNameAt(publicUrl) : title
}

/** What an account answers whose plan has no private apps. */
const refusals: ReadonlySet<number> = new Set([403, 404, 422])

async function offered<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((cause: unknown) => {
    if (!(cause instanceof ZendeskError) || !refusals.has(cause.status)) throw cause
    const plans = 'private apps come with Suite Growth, Support Professional and the plans above them'
    throw new NotOffered(`the account refuses it (${cause.message}); ${plans}`, { cause })
  })
}
