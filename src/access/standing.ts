import type { Connection } from 'mongoose'
import type { Role } from '../contract/agent.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { AgentId, PictureId } from '../contract/ids.ts'
import { collections } from './sign-in/collections.ts'
import type { AgentIdentity } from './tokens.ts'

/** How long a node goes by what it has read: a right that was taken away somewhere else ends after that, at the latest. ms */
const freshMs = 2_000

/**
 * What has become of an agent since their token was signed: whether the account is active, the session that the token was
 * made for still there, and what they are now.
 */
export interface Standing {
  /** Throws `unauthorized`, `unavailable`. */
  of(agent: AgentId, signIn?: string): Promise<AgentIdentity>
  /** Whether anybody could sign in as one. */
  hasAdministrator(): Promise<boolean>
  /** To be said of every change of an account or end of a session. */
  changed(agent: AgentId): void
  onChanged(listener: (agent: AgentId) => void): void
  /** It was changed by another node. */
  forget(agent: AgentId): void
}

interface Account {
  _id: AgentId
  name: string
  role: Role
  inboxes: string[]
  picture?: PictureId
  deactivatedAt?: Date
}

interface Read {
  account: Account | null
  sessions: ReadonlySet<string>
}

export function createStanding(deps: { connection: Connection; now(): number }): Standing {
  const accounts = deps.connection.collection<Account>('agents')
  const sessions = deps.connection.collection<{ _id: string; userId: string; expiresAt: Date }>(collections.session)
  const known = new Map<AgentId, { at: number; read: Promise<Read> }>()
  const listeners: ((agent: AgentId) => void)[] = []

  const fetchOne = async (agent: AgentId): Promise<Read> => {
    const [account, open] = await Promise.all([
      accounts.findOne({ _id: agent }, { projection: { name: 1, role: 1, inboxes: 1, picture: 1, deactivatedAt: 1 } }),
      sessions.find({ userId: agent, expiresAt: { $gt: new Date(deps.now()) } }, { projection: { _id: 1 } }).toArray(),
    ])
    return { account, sessions: new Set(open.map(({ _id }) => _id)) }
  }

  const read = (agent: AgentId, freshSince: number): Promise<Read> => {
    const last = known.get(agent)
    if (last && last.at >= freshSince && last.at <= deps.now()) return last.read
    const next = { at: deps.now(), read: fetchOne(agent).catch(notNow) }
    known.set(agent, next)
    next.read.catch(() => {
      if (known.get(agent) === next) known.delete(agent)
    })
    return next.read
  }

  const forget = (agent: AgentId) => void known.delete(agent)

  return {
    async of(agent, signIn) {
      const asked = deps.now()
      const lately = await read(agent, asked - freshMs)
      // A session may be younger than what was read: only what is read now can refuse.
      const account = standingIn(lately, signIn) ?? standingIn(await read(agent, asked), signIn)
      if (!account) throw new DeskbridgeError('unauthorized')
      const { name, role, inboxes, picture } = account
      return { kind: 'agent', id: agent, name, role, inboxes, ...(picture && { picture }), ...(signIn && { signIn }) }
    },
    async hasAdministrator() {
      const administrator = { role: 'admin' as const, deactivatedAt: { $exists: false } }
      return (await accounts.countDocuments(administrator, { limit: 1 }).catch(notNow)) === 1
    },
    changed(agent) {
      forget(agent)
      for (const listener of listeners) listener(agent)
    },
    onChanged: (listener) => void listeners.push(listener),
    forget,
  }
}

const standingIn = ({ account, sessions }: Read, signIn: string | undefined): Account | null =>
  account && !account.deactivatedAt && (!signIn || sessions.has(signIn)) ? account : null

/** A store that is away is no reason to take a token for a bad one. */
const notNow = (cause: unknown): never => {
  throw new DeskbridgeError('unavailable', { cause })
}
