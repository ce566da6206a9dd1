import type { Connection } from 'mongoose'
import { createSealedSecrets } from '../../../platform/sealed-secrets.ts'
import type { Config, SlackConfig } from '../../../platform/settings.ts'
import { createSlackApi } from '../api.ts'
import type { InstallRoutesDeps } from './routes.ts'
import { createStates } from './state.ts'
import { createInstallationStore, type InstallationStore } from './store.ts'

export const openInstallationStore = (
  { secret, previousSecret: previous }: Pick<Config, 'secret' | 'previousSecret'>,
  deps: { connection: Connection; now(): number },
): InstallationStore => createInstallationStore({ ...deps, secrets: createSealedSecrets({ secret, previous }) })

/** What installing takes. */
export function openInstalling(
  slack: SlackConfig,
  config: Pick<Config, 'publicUrl' | 'secret' | 'previousSecret' | 'times'>,
  deps: Pick<InstallRoutesDeps, 'store' | 'onlyAdmins' | 'logger'> & { newKey(): string; now(): number },
): InstallRoutesDeps {
  const apiWith = (token?: string) =>
    createSlackApi({ token, apiUrl: slack.apiUrl, timeoutMs: config.times.callTimeout })
  return {
    ...deps,
    where: { publicUrl: config.publicUrl, slack },
    states: createStates({ ...config, newId: deps.newKey, now: deps.now }),
    api: apiWith(),
    apiWith,
  }
}
