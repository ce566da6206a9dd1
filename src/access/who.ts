import type { Context } from 'hono'
import type { Role } from '../contract/chat.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import { type Identity, sameSecret, type Tokens } from './tokens.ts'

/** Who makes a request: found in the `Authorization` header, or in `?token=` where a header cannot be set (EventSource). */
export interface Who {
  /** A visitor or an agent. Throws `unauthorized`. */
  identity(c: Context): Promise<Identity>
  /** The holder of the admin key, or an agent of this role or a higher one. Throws `unauthorized`, `forbidden`. */
  atLeast(c: Context, role: Role): Promise<Staff>
}

/** Somebody of the team. */
export type Staff = { kind: 'admin'; id: 'key' } | Extract<Identity, { kind: 'agent' }>

const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 }

const bearer = (c: Context): string | undefined => /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]

export function createWho(deps: { tokens: Tokens; adminKey: string | undefined }): Who {
  return {
    async identity(c) {
      const token = bearer(c) ?? c.req.query('token')
      if (!token) throw new DeskbridgeError('unauthorized')
      return deps.tokens.verify(token)
    },
    async atLeast(c, role) {
      const key = bearer(c)
      if (!key) throw new DeskbridgeError('unauthorized')
      if (deps.adminKey && sameSecret(key, deps.adminKey)) return { kind: 'admin', id: 'key' }
      const identity = await deps.tokens.verify(key)
      if (identity.kind !== 'agent' || rank[identity.role] < rank[role]) throw new DeskbridgeError('forbidden')
      return identity
    },
  }
}
