import type { Context } from 'hono'
import { DeskbridgeError } from '../contract/errors.ts'
import { type Identity, sameSecret, type Tokens } from './tokens.ts'

/** Who makes a request: found in the `Authorization` header, or in `?token=` where a header cannot be set (EventSource). */
export interface Who {
  /** A visitor or an agent. Throws `unauthorized`. */
  identity(c: Context): Promise<Identity>
  /** The holder of the admin key. Throws `unauthorized`. */
  admin(c: Context): void
}

const bearer = (c: Context): string | undefined => /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]

export function createWho(deps: { tokens: Tokens; adminKey: string | undefined }): Who {
  return {
    async identity(c) {
      const token = bearer(c) ?? c.req.query('token')
      if (!token) throw new DeskbridgeError('unauthorized')
      return deps.tokens.verify(token)
    },
    admin(c) {
      const key = bearer(c)
      if (!deps.adminKey || !key || !sameSecret(key, deps.adminKey)) throw new DeskbridgeError('unauthorized')
    },
  }
}
