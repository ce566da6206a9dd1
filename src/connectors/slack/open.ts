import { retryDelay } from '../../platform/backoff.ts'
import type { Config, SlackConfig } from '../../platform/settings.ts'
import { createSlackApi } from './api.ts'
import { createSlackFiles } from './arrivals/files.ts'
import { createSlackPictures } from './arrivals/pictures.ts'
import { createCall } from './sdk.ts'
import { createConnect } from './socket/connection.ts'

type Times = Pick<Config['times'], 'callTimeout' | 'retryFirst'>

/** The workspace that is configured: its methods, and what is downloaded from it. */
export function openSlack({ botToken: token, appToken, apiUrl }: SlackConfig, { times }: { times: Times }) {
  const timeoutMs = times.callTimeout
  const api = createSlackApi({ token, apiUrl, timeoutMs })
  return {
    api,
    pictures: createSlackPictures({ apiUrl, timeoutMs }),
    downloads: createSlackFiles({ api, token, apiUrl, timeoutMs }),
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
