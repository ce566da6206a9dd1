import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'

const Request = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.string(),
  expires_in: z.number().gt(300).lt(172_800),
})

export interface Credentials {
  clientId: string
  clientSecret: string
  email?: string | undefined
  apiToken?: string | undefined
}

/** OAuth client credentials, and the legacy email and token. */
export function createTokens(credentials: Credentials, now: () => number) {
  const issued = new Map<string, number>()
  let refused = false
  const legacy =
    credentials.email && `Basic ${Buffer.from(`${credentials.email}/token:${credentials.apiToken}`).toString('base64')}`

  return {
    async issue(c: Context): Promise<Response> {
      const request = Request.safeParse(await c.req.json().catch(() => null))
      if (!request.success) return c.json({ error: 'invalid_request' }, 400)
      const { client_id, client_secret, scope, expires_in } = request.data
      if (refused || client_id !== credentials.clientId || client_secret !== credentials.clientSecret)
        return c.json({ error: 'invalid_client' }, 401)
      const token = randomBytes(32).toString('hex')
      issued.set(token, now() + expires_in * 1_000)
      return c.json(documented('zendesk/oauth.tokens', { access_token: token, scope, expires_in }))
    },
    accepts(authorization: string | undefined): boolean {
      if (refused) return false
      if (legacy && authorization === legacy) return true
      const until = issued.get(authorization?.replace(/^Bearer /, '') ?? '')
      return until !== undefined && until > now()
    },
    revokeAll: () => issued.clear(),
    /** Neither tokens nor credentials, until they are accepted again. */
    refuseAll(refuses: boolean) {
      refused = refuses
    },
  }
}
