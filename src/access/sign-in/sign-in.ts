import type { Invitation } from '../../contract/agent.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { AgentId } from '../../contract/ids.ts'
import type { SignInSession } from '../../contract/sign-in.ts'
import type { Standing } from '../standing.ts'
import type { Library } from './library.ts'

/** Passwords, invitations and signed-in browsers of agents. */
export interface SignIn {
  /** Ends their sessions. */
  setPassword(agent: AgentId, password: string): Promise<void>
  /** The token is told once; only its hash is kept. */
  invite(agent: AgentId): Promise<Invitation>
  /** Whose browser sends these headers. Throws `unauthorized`. */
  current(headers: Headers): Promise<{ agent: AgentId; session: string }>
  list(agent: AgentId, current?: string): Promise<SignInSession[]>
  /** Throws `not_found`. */
  end(agent: AgentId, session: string): Promise<void>
  endAll(agent: AgentId): Promise<void>
}

const invitedForMs = 7 * 86_400_000

export function createSignIn(deps: {
  library: Library
  standing: Pick<Standing, 'changed'>
  newToken(): string
  now(): number
}): SignIn {
  const { library, standing } = deps

  const endAll = async (agent: AgentId) => {
    const { internalAdapter } = await library.$context
    await internalAdapter.deleteUserSessions(agent)
    standing.changed(agent)
  }

  return {
    endAll,
    async setPassword(agent, password) {
      const { internalAdapter, password: hasher } = await library.$context
      const hash = await hasher.hash(password)
      const first = { userId: agent, providerId: 'credential', accountId: agent, password: hash }
      if (!(await internalAdapter.findCredentialAccount(agent)))
        // Somebody else may set the first one at this moment; the index keeps it one.
        await internalAdapter.linkAccount(first).catch(unlessThere)
      await internalAdapter.updatePassword(agent, hash)
      await endAll(agent)
    },
    async invite(agent) {
      const token = deps.newToken()
      const expiresAt = new Date(deps.now() + invitedForMs)
      const { internalAdapter } = await library.$context
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: agent,
        expiresAt,
      })
      return { token, expiresAt: expiresAt.toISOString() }
    },
    async current(headers) {
      const found = await library.api.getSession({ headers })
      if (!found) throw new DeskbridgeError('unauthorized')
      return { agent: AgentId.parse(found.session.userId), session: found.session.id }
    },
    async list(agent, current) {
      const { internalAdapter } = await library.$context
      const open = await internalAdapter.listSessions(agent, { onlyActiveSessions: true })
      return open.map(({ id, ipAddress, userAgent, createdAt, expiresAt }) => ({
        id,
        current: id === current,
        ip: ipAddress ?? null,
        userAgent: userAgent ?? null,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      }))
    },
    async end(agent, session) {
      const { internalAdapter } = await library.$context
      const open = await internalAdapter.listSessions(agent)
      const found = open.find(({ id }) => id === session)
      if (!found) throw new DeskbridgeError('not_found')
      await internalAdapter.deleteSession(found.token)
      standing.changed(agent)
    },
  }
}

const unlessThere = (error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 11_000)) throw error
}
