import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { Standing } from '../standing.ts'
import { signedInLifetimeMs, type Tokens } from '../tokens.ts'
import type { Library } from './library.ts'

/** How long a page may have slept and still go on without a new word from the other system. ms */
const sleepsFor = 12 * 3_600_000
/** A session that ends sooner is not gone on with. ms */
const leastLeft = sleepsFor

export interface SignedInByWord {
  token: string
  expiresAt: string
  agent: { id: AgentId; name: string }
}

/**
 * Agents whom another system vouches for by their email. Each has one session for each such system, listed and ended like
 * that of a browser; what opens it is held by the page alone, because frames have no cookies.
 */
export interface Vouched {
  /** Null: nobody who may sign in has that email. */
  vouchedFor(email: string, by: string): Promise<SignedInByWord | null>
  /** Throws `unauthorized`. */
  renew(token: string, by: string): Promise<SignedInByWord>
}

interface Account {
  _id: AgentId
  emailKey: string
  deactivatedAt?: Date
}

export function createVouched(deps: {
  connection: Connection
  library: Library
  standing: Pick<Standing, 'of'>
  tokens: Tokens
  now(): number
}): Vouched {
  const { library, standing, tokens, now } = deps
  const accounts = deps.connection.collection<Account>('agents')

  const sessionsOf = async (agent: AgentId, by: string) => {
    const { internalAdapter } = await library.$context
    const open = await internalAdapter.listSessions(agent, { onlyActiveSessions: true })
    return open.filter(({ userAgent }) => userAgent === by)
  }
  const sessionOf = async (agent: AgentId, by: string): Promise<string> => {
    const lasting = (await sessionsOf(agent, by)).find(({ expiresAt }) => expiresAt.getTime() - now() > leastLeft)
    if (lasting) return lasting.id
    const { internalAdapter } = await library.$context
    return (await internalAdapter.createSession(agent, false, { userAgent: by })).id
  }
  const signedIn = async (agent: AgentId, session: string): Promise<SignedInByWord> => {
    const identity = await standing.of(agent, session)
    const expiresAt = new Date(now() + signedInLifetimeMs).toISOString()
    return { token: await tokens.forAgent(identity), expiresAt, agent: { id: agent, name: identity.name } }
  }

  return {
    async vouchedFor(email, by) {
      const account = await accounts.findOne({ emailKey: { $eq: email.toLowerCase() } })
      if (!account || account.deactivatedAt) return null
      return signedIn(account._id, await sessionOf(account._id, by))
    },
    async renew(token, by) {
      const identity = await tokens.verify(token, { endedWithin: sleepsFor })
      if (identity.kind !== 'agent' || !identity.signIn) throw new DeskbridgeError('unauthorized')
      const { id, signIn } = identity
      // What a browser's session has signed is renewed by its cookie, and not here.
      const open = await sessionsOf(id, by)
      if (!open.some((session) => session.id === signIn)) throw new DeskbridgeError('unauthorized')
      return signedIn(id, signIn)
    },
  }
}
