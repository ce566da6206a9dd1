import type { Context } from 'hono'
import type { Role } from '../contract/agent.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { AgentId } from '../contract/ids.ts'
import type { Standing } from './standing.ts'
import { type AgentIdentity, type Identity, sameSecret, type Tokens } from './tokens.ts'

/** Who makes a request: found in the `Authorization` header, or in `?token=` where a header cannot be set (EventSource). */
export interface Who {
  /** A visitor or an agent. Throws `unauthorized`. */
  identity(c: Context): Promise<Identity>
  /** The holder of the admin key, or an agent of this role or a higher one. Throws `unauthorized`, `forbidden`. */
  atLeast(c: Context, role: Role): Promise<Staff>
  /** Whom a token stands for, as they are now and not as they were when it was signed. Throws `unauthorized`. */
  ofToken(token: string): Promise<Identity>
  /** Told of each request of an agent. */
  onAgent(listener: (agent: AgentId) => void): void
}

/** Somebody of the team. */
export type Staff = { kind: 'admin'; id: 'key' } | AgentIdentity

const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 }

const bearer = (c: Context): string | undefined => /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]

export function createWho(deps: { tokens: Tokens; standing: Standing; adminKey: string | undefined }): Who {
  const listeners: ((agent: AgentId) => void)[] = []

  const ofToken = async (token: string): Promise<Identity> => {
    const identity = await deps.tokens.verify(token)
    return identity.kind === 'agent' ? deps.standing.of(identity.id, identity.signIn) : identity
  }

  const asking = async (token: string): Promise<Identity> => {
    const identity = await ofToken(token)
    if (identity.kind === 'agent') for (const listener of listeners) listener(identity.id)
    return identity
  }

  return {
    ofToken,
    onAgent: (listener) => void listeners.push(listener),
    async identity(c) {
      const token = bearer(c) ?? c.req.query('token')
      if (!token) throw new DeskbridgeError('unauthorized')
      return asking(token)
    },
    async atLeast(c, role) {
      const key = bearer(c)
      if (!key) throw new DeskbridgeError('unauthorized')
      if (deps.adminKey && sameSecret(key, deps.adminKey)) return { kind: 'admin', id: 'key' }
      const identity = await asking(key)
      if (identity.kind !== 'agent' || rank[identity.role] < rank[role]) throw new DeskbridgeError('forbidden')
      return identity
    },
  }
}
