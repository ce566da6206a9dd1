import { setTimeout as wait } from 'node:timers/promises'
import type { Config, ZendeskConfig } from '../../platform/settings.ts'
import { createZendeskApi } from './api.ts'
import { createAuthorization } from './authorization.ts'
import { createDownload } from './download.ts'
import { always, createRenewable } from './renewable.ts'
import { createZendeskSdk } from './sdk.ts'
import { createAccountApi } from './setup/account.ts'
import { createAppsApi, findOurApp } from './setup/apps-api.ts'
import { piecesOf, type SetupOptions } from './setup/set-up.ts'
import { webhookPath } from './setup/webhook.ts'

/** The account that is configured: what chats need of it, and what is set up in it. */
export function openZendesk(
  config: ZendeskConfig,
  { publicUrl, times, now }: Pick<Config, 'publicUrl'> & { times: Pick<Config['times'], 'callTimeout'>; now(): number },
) {
  const timeoutMs = times.callTimeout
  const authorization = createAuthorization({ url: config.url, auth: config.auth, timeoutMs, now })
  const sdk = createZendeskSdk({ url: config.url, authorization, timeoutMs })
  const api = createZendeskApi(sdk)
  const account = createAccountApi(sdk)
  const apps = createAppsApi(sdk, wait)
  const setup: SetupOptions = { api, account, apps, fields: config, publicUrl: publicUrl.replace(/\/$/, '') }
  const askSecret = async () => {
    const ours = (await account.webhooks()).find(({ endpoint }) => endpoint === setup.publicUrl + webhookPath)
    return ours ? account.signingSecret(ours.id) : null
  }
  return {
    api,
    download: createDownload({ url: config.url, authorization, timeoutMs }),
    account,
    setup,
    pieces: piecesOf(setup),
    webhookSecret: config.webhookSecret ? always(config.webhookSecret) : createRenewable({ ask: askSecret, now }),
    ourApp: createRenewable({ ask: () => findOurApp(apps, setup.publicUrl), now }),
    /** The user whom the credentials act as. */
    ownUser: createRenewable({ ask: async () => (await account.me()).id, now }),
  }
}
