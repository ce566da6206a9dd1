import type { Context } from 'hono'
import type { Role } from '../contract/agent.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { AgentId, KeyId } from '../contract/ids.ts'
import type { Scope } from '../contract/key.ts'
import type { KeyStanding, StandingKey } from './keys/key-standing.ts'
import { isMeantAsKey } from './keys/key-text.ts'
import type { Standing } from './standing.ts'
import { type AgentIdentity, type Identity, sameSecret, type Tokens } from './tokens.ts'

/** Who makes a request: found in the `Authorization` header, or in `?token=` where a header cannot be set (EventSource). */
export interface Who {
  /** A visitor or an agent. Throws `unauthorized`, and `forbidden` for a key. */
  identity(c: Context): Promise<Identity>
  /** The same, or a key with this scope. Throws `unauthorized`, `forbidden`, `rate_limited`. */
  identityOrKey(c: Context, scope: Scope): Promise<Identity | KeyIdentity>
  /** The key that asks, with this scope; null: no key does. Throws `unauthorized`, `forbidden`, `rate_limited`. */
  key(c: Context, scope: Scope): Promise<KeyIdentity | null>
  /**
   * The holder of the admin key, an agent of this role or a higher one, or a key with this scope. Throws `unauthorized`,
   * `forbidden`, `rate_limited`.
   */
  atLeast(c: Context, role: Role, scope?: Scope): Promise<Staff>
  /** Whoever asks, whatever they may do. Throws `unauthorized`, `rate_limited`. */
  anybody(c: Context): Promise<Staff | Identity>
  /** Whom a token stands for, as they are now and not as they were when it was signed. Throws `unauthorized`. */
  ofToken(token: string): Promise<Identity>
  /** Told of each request of an agent, but for those that name the header `byItself`. */
  onAgent(listener: (agent: AgentId) => void): void
}

/** Another system, by the administrator's key or by one that an administrator made. Without `inboxes` it is for all of them. */
export interface KeyIdentity {
  kind: 'admin'
  id: 'key' | KeyId
  name: string
  scopes: readonly Scope[]
  inboxes: readonly string[]
}

/** Somebody of the team, or a system that acts for it. */
export type Staff = KeyIdentity | AgentIdentity

const theAdministrator: KeyIdentity = {
  kind: 'admin',
  id: 'key',
  name: 'Administrator',
  scopes: ['admin'],
  inboxes: [],
}

/** `admin` is all of them. */
export const hasScope = ({ scopes }: Pick<KeyIdentity, 'scopes'>, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin')

/** A page that asks without anybody's doing says so: it is no sign of life. */
const byItself = 'x-deskbridge-by-itself'

const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 }

const bearer = (c: Context): string | undefined => /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]

export function createWho(deps: {
  tokens: Tokens
  standing: Standing
  keyStanding: Pick<KeyStanding, 'of'>
  adminKey: string | undefined
}): Who {
  const listeners: ((agent: AgentId) => void)[] = []
  const ofKey = createOfKey(deps.keyStanding)
  const isAdminKey = (text: string) => deps.adminKey !== undefined && sameSecret(text, deps.adminKey)

  const ofToken = async (token: string): Promise<Identity> => {
    const identity = await deps.tokens.verify(token)
    return identity.kind === 'agent' ? deps.standing.of(identity.id, identity.signIn) : identity
  }

  const asking = async (c: Context, token: string): Promise<Identity> => {
    const identity = await ofToken(token)
    if (identity.kind === 'agent' && !c.req.header(byItself)) for (const listener of listeners) listener(identity.id)
    return identity
  }

  const identity = async (c: Context): Promise<Identity> => {
    const token = bearer(c) ?? c.req.query('token')
    if (!token) throw new DeskbridgeError('unauthorized')
    if (!isMeantAsKey(token)) return asking(c, token)
    await ofKey(c, token, null)
    throw new DeskbridgeError('forbidden', noKeys)
  }

  const keyIn = async (c: Context, scope: Scope) => {
    const key = bearer(c)
    return key && isMeantAsKey(key) ? ofKey(c, key, scope) : null
  }

  return {
    ofToken,
    onAgent: (listener) => void listeners.push(listener),
    identity,
    async anybody(c) {
      const token = bearer(c) ?? c.req.query('token')
      if (!token) throw new DeskbridgeError('unauthorized')
      if (isAdminKey(token)) return theAdministrator
      return isMeantAsKey(token) ? ofKey(c, token, null) : ofToken(token)
    },
    key: keyIn,
    identityOrKey: async (c, scope) => (await keyIn(c, scope)) ?? identity(c),
    async atLeast(c, role, scope = 'admin') {
      const key = bearer(c)
      if (!key) throw new DeskbridgeError('unauthorized')
      if (isAdminKey(key)) return theAdministrator
      if (isMeantAsKey(key)) return ofKey(c, key, scope)
      const identity = await asking(c, key)
      if (identity.kind !== 'agent' || rank[identity.role] < rank[role]) throw new DeskbridgeError('forbidden')
      return identity
    },
  }
}

const noKeys = { message: 'This is for people: an API key cannot do it, whatever its scopes.' }

/** A key as its request finds it, looked up and counted once, however often a route and what stands before it ask. */
function createOfKey(standing: Pick<KeyStanding, 'of'>) {
  const found = new WeakMap<Context, Promise<StandingKey>>()
  /** `scope` null: whichever it has. */
  return async (c: Context, key: string, scope: Scope | null): Promise<KeyIdentity> => {
    const asked = found.get(c) ?? standing.of(key)
    found.set(c, asked)
    const { _id: id, name, scopes, inboxes } = await asked
    if (scope !== null && !hasScope({ scopes }, scope))
      throw new DeskbridgeError('forbidden', {
        message: `This API key lacks the scope ${scope}.`,
        details: { scope },
      })
    return { kind: 'admin', id, name, scopes, inboxes }
  }
}

/** Names somebody among all who can ask. A visitor is one in each chat. */
export const nameOf = (who: Staff | Identity): string =>
  who.kind === 'visitor' ? `visitor:${who.session}:${who.id}` : `${who.kind}:${who.id}`
