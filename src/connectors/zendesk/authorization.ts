import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { ZendeskConfig } from '../../platform/settings.ts'
import { failureOfNetwork, failureOfStatus } from './failures.ts'

export interface Authorization {
  header(): Promise<string>
  /** After a 401: whether asking again with new credentials may help. */
  renew(): boolean
}

const Token = z.object({ access_token: z.string(), expires_in: z.number().nullish() })

/** Seconds that a token is asked to live; Zendesk allows more than 300 and less than 172,800. */
const lifetime = 3_600
/** A token is renewed before it ends, so that no call meets its end. ms */
const renewEarly = 60_000

/** OAuth client credentials with a kept token, or the legacy API token, which Zendesk ends on 2027-04-30. */
export function createAuthorization(options: {
  url: string
  auth: ZendeskConfig['auth']
  timeoutMs: number
  now: () => number
}): Authorization {
  const { url, auth, timeoutMs, now } = options
  if (auth.kind === 'token') {
    const basic = Buffer.from(`${auth.email}/token:${auth.apiToken}`).toString('base64')
    return { header: async () => `Basic ${basic}`, renew: () => false }
  }
  let kept: { header: string; until: number } | null = null
  let asking: Promise<string> | null = null

  const ask = async (): Promise<string> => {
    const body = JSON.stringify({
      grant_type: 'client_credentials',
      client_id: auth.clientId,
      client_secret: auth.clientSecret,
      scope: 'read write',
      expires_in: lifetime,
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(new URL('/oauth/tokens', url), {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(failed)
    if (!answer.ok)
      throw new RemoteFailure(harmless(answer.status), `oauth/tokens: status ${answer.status}`, {
        code: String(answer.status),
      })
    const token = Token.safeParse(await answer.json().catch(() => null))
    if (!token.success)
      throw new RemoteFailure({ kind: 'transient' }, 'oauth/tokens answered something else than documented')
    const livesMs = (token.data.expires_in ?? lifetime) * 1_000
    kept = { header: `Bearer ${token.data.access_token}`, until: now() + Math.max(livesMs - renewEarly, livesMs / 2) }
    return kept.header
  }

  return {
    async header() {
      if (kept && kept.until > now()) return kept.header
      asking ??= ask().finally(() => {
        asking = null
      })
      return asking
    },
    renew() {
      kept = null
      return true
    },
  }
}

/** Asking for a token has no effect on any ticket, so nothing about it is ambiguous. */
const harmless = (status: number) => {
  const failure = failureOfStatus(status, null)
  if (status === 400 || status === 401) return { kind: 'halted' } as const
  return failure.kind === 'ambiguous' ? ({ kind: 'transient' } as const) : failure
}

function failed(error: unknown): never {
  const failure = failureOfNetwork(error)
  throw new RemoteFailure(
    failure.kind === 'ambiguous' ? { kind: 'transient' } : failure,
    `oauth/tokens: ${String(error)}`,
    { cause: error },
  )
}
