import type { Logger } from '../../../platform/log-output.ts'
import { slackApi } from '../api.ts'
import { isRefusal, lostToken } from '../failures.ts'
import { type Call, createCall } from '../sdk.ts'
import { createInstallation, type Installation, type InstallationDeps } from './installation.ts'
import type { Known } from './installations.ts'
import type { InstallationStore, StoredInstallation } from './store.ts'

interface StoredDeps extends InstallationDeps {
  store: Pick<InstallationStore, 'list' | 'tokenOf' | 'gone'>
  /** The configured token's, if there is one. */
  configured: Installation | null
  logger: Logger
}

/** What the store says of workspaces, as installations that stay the same while their tokens do. */
export function createKnown(deps: StoredDeps) {
  const { store, configured, logger } = deps
  const made = new Map<string, { sealed: string; installation: Installation | null }>()

  const open = (stored: StoredInstallation): Installation | null => {
    const token = store.tokenOf(stored)
    if (token !== null) return withToken(deps, stored, token)
    const { _id: team, name } = stored
    logger.error({ team, name }, 'slack: a token was sealed with a secret that is not known here; install again')
    return null
  }

  const installationOf = (stored: StoredInstallation): Installation | null => {
    const { _id: team, sealed } = stored
    const before = made.get(team)
    if (before?.sealed === sealed) return before.installation
    const installation = open(stored)
    made.set(team, { sealed, installation })
    return installation
  }

  return {
    async known(): Promise<Known> {
      const live = configured ? [configured] : []
      const gone: string[] = []
      for (const stored of await store.list()) {
        const installation = stored.goneAt === null ? installationOf(stored) : null
        if (installation) live.push(installation)
        else gone.push(stored.name)
      }
      return { live, gone }
    },
    /** Counts only if the token is refused: Slack may tell late, when the app was installed again. */
    async left(team: string): Promise<void> {
      const stored = (await store.list('now')).find(({ _id, goneAt }) => _id === team && goneAt === null)
      const installation = stored && installationOf(stored)
      if (!installation || !(await isRefused(installation)) || !(await store.gone(stored))) return
      const { name } = stored
      logger.error(
        { team, name },
        'slack: the app was taken out of a workspace; its chats wait until it is installed again',
      )
    },
  }
}

async function isRefused({ api }: Installation): Promise<boolean> {
  try {
    await api.identity()
    return false
  } catch (error) {
    if (isRefusal(error, lostToken)) return true
    throw error
  }
}

/** Whoever holds it beyond a new installation meets the new token when the old one is refused. */
function withToken(deps: StoredDeps, { _id: team, sealed }: StoredInstallation, token: string): Installation {
  const newer = async () => {
    const stored = (await deps.store.list('now')).find(({ _id }) => _id === team)
    const next = stored && stored.sealed !== sealed && stored.goneAt === null ? deps.store.tokenOf(stored) : null
    return next === null ? null : createCall(next, deps.apiUrl)
  }
  const call = renewed(createCall(token, deps.apiUrl), newer)
  return createInstallation({ team, token, api: slackApi({ ...deps, call }) }, deps)
}

/** A refused token has had no effect. */
const renewed =
  (call: Call, newer: () => Promise<Call | null>): Call =>
  async (method, args, until) => {
    try {
      return await call(method, args, until)
    } catch (error) {
      const next = isRefusal(error, lostToken) ? await newer() : null
      if (next === null) throw error
      return next(method, args, until)
    }
  }
