import { retryDelay } from '../../platform/backoff.ts'
import type { Config, SlackConfig } from '../../platform/settings.ts'
import { createSlackApi } from './api.ts'
import { createSlackPictures } from './arrivals/pictures.ts'
import { createInstallation, type InstallationDeps } from './installations/installation.ts'
import { createInstallations } from './installations/installations.ts'
import type { InstallationStore } from './installations/store.ts'
import { createKnown } from './installations/stored.ts'
import { createCall } from './sdk.ts'
import { createConnect } from './socket/connection.ts'

type Times = Pick<Config['times'], 'callTimeout' | 'retryFirst'>

interface OpenDeps extends Pick<InstallationDeps, 'files' | 'now' | 'logger'> {
  times: Times
  store: Pick<InstallationStore, 'list' | 'tokenOf' | 'gone'>
}

/** The workspaces that the app is in, what is downloaded from Slack, and how a connection is opened. */
export function openSlack({ botToken: token, appToken, apiUrl }: SlackConfig, { times, store, ...rest }: OpenDeps) {
  const timeoutMs = times.callTimeout
  const deps = { ...rest, apiUrl, timeoutMs }
  const configured =
    token === undefined
      ? null
      : createInstallation({ team: null, token, api: createSlackApi({ ...deps, token }) }, deps)
  const { known, left } = createKnown({ ...deps, store, configured })
  return {
    known,
    installations: createInstallations({ ...deps, known, left }),
    pictures: createSlackPictures({ apiUrl, timeoutMs }),
    ...(appToken !== undefined && { socket: openSocket(appToken, apiUrl, times) }),
  }
}

/** Socket Mode, in place of requests from Slack. */
export function openSocket(appToken: string, apiUrl: string, { callTimeout: timeoutMs, retryFirst }: Times) {
  const call = createCall(appToken, apiUrl)
  const delays = { first: retryFirst, most: retryFirst * 30 }
  return {
    connect: createConnect({ appToken, apiUrl, timeoutMs }),
    retryDelay: (failures: number) => retryDelay(failures, delays, Math.random),
    /** Whether Slack would give a connection. Throws `SlackProblem`. */
    examine: () => call('apps.connections.open', {}, AbortSignal.timeout(timeoutMs)),
  }
}
