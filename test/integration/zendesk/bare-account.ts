import { onTestFinished } from 'vitest'
import { startZendesk } from '../../../sandbox/zendesk/start.ts'
import { openZendesk } from '../../../src/connectors/zendesk/open.ts'
import { examineZendesk } from '../../../src/connectors/zendesk/setup/doctor.ts'
import type { Step } from '../../../src/connectors/zendesk/setup/set-up.ts'
import type { ZendeskConfig } from '../../../src/platform/settings.ts'
import { configFor, oauth } from './account.ts'
import { anInbox } from './planning.ts'

export const publicUrl = 'https://chat.acme.example'

/** A stand-in of an account in which nothing is set up, and ours on it. */
export async function anAccount() {
  const legacy = { email: 'a@acme.example', apiToken: 'the token' }
  const stand = await startZendesk({ port: 0, ...oauth, ...legacy, webhookSecret: 'preset', factor: 1 })
  onTestFinished(stand.stop)
  const open = (
    options: { auth?: ZendeskConfig['auth']; url?: string; requests?: number; publicUrl?: string } = {},
  ) => {
    const { webhookSecret: _absent, ...base } = configFor(options.url ?? stand.url, options.auth ?? oauth)
    const config = { ...base, requests: { ...base.requests, limit: options.requests ?? 400 } }
    const at = options.publicUrl ?? publicUrl
    const zendesk = openZendesk(config, { publicUrl: at, times: { callTimeout: 5_000 }, now: Date.now })
    return { ...zendesk, config, publicUrl: at }
  }
  const send = (method: string) => async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${stand.url}${path}`, { method, body: JSON.stringify(body), headers })).json()
  }
  return { open, put: send('PUT'), post: send('POST'), url: stand.url }
}

export const told = async (steps: AsyncIterable<Step>) =>
  (await Array.fromAsync(steps)).map(({ piece, did, why }) => `${did} ${piece}${why ? ` (${why})` : ''}`)

export const examined = async (ours: ReturnType<Awaited<ReturnType<typeof anAccount>>['open']>) =>
  (await Array.fromAsync(examineZendesk({ ...ours, inboxes: async () => [anInbox()] }))).map(
    ({ level, what, todo }) => `${level}: ${what}${todo ? ` → ${todo}` : ''}`,
  )
