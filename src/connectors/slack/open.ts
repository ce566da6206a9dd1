import type { Config, SlackConfig } from '../../platform/settings.ts'
import { createSlackApi } from './api.ts'
import { createSlackFiles } from './arrivals/files.ts'
import { createSlackPictures } from './arrivals/pictures.ts'

/** The workspace that is configured: its methods, and what is downloaded from it. */
export function openSlack(
  { botToken: token, apiUrl }: SlackConfig,
  { times }: { times: Pick<Config['times'], 'callTimeout'> },
) {
  const timeoutMs = times.callTimeout
  const api = createSlackApi({ token, apiUrl, timeoutMs })
  return {
    api,
    pictures: createSlackPictures({ apiUrl, timeoutMs }),
    downloads: createSlackFiles({ api, token, apiUrl, timeoutMs }),
  }
}
