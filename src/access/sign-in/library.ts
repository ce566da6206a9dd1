import { createHmac } from 'node:crypto'
import { mongodbAdapter } from 'better-auth/adapters/mongodb'
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { Connection } from 'mongoose'
import { AgentId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Config } from '../../platform/settings.ts'
import { collections, withoutIndexes } from './collections.ts'

export const basePath = '/api/auth'
export const providerId = 'oidc'
export const ipHeader = 'x-deskbridge-client-ip'
export const shortestPassword = 12

export interface LibraryDeps {
  connection: Connection
  config: Pick<Config, 'publicUrl' | 'secret' | 'signIn' | 'oidc'>
  newId(): string
  /** Their sessions are over. */
  onPasswordReset(agent: AgentId): void
  logger: Logger
}

/**
 * better-auth on our connection, with the agents themselves as its users: one account, one document. It hashes passwords,
 * keeps sessions and speaks OpenID Connect; nobody can sign up. This is the one file that knows it.
 */
export function createLibrary({ connection, config, newId, onPasswordReset, logger }: LibraryDeps) {
  const { db } = connection
  if (!db) throw new Error('the connection is not open')
  const agents = connection.collection<{ _id: string; deactivatedAt?: Date }>('agents')
  return betterAuth({
    baseURL: config.publicUrl,
    basePath,
    // A key of its own: what it signs must never pass for a token of ours.
    secret: createHmac('sha256', config.secret).update('sign-in').digest('hex'),
    // Each step is one write, so that no transaction is needed.
    database: mongodbAdapter(withoutIndexes(db), { transaction: false }),
    user: { modelName: 'agents', fields: { email: 'emailKey' } },
    session: {
      modelName: collections.session,
      expiresIn: Math.ceil(config.signIn.sessionLifetime / 1_000),
      disableSessionRefresh: true,
    },
    account: {
      modelName: collections.way,
      // An agent's address comes from an administrator, so that it needs no proof of its own: the provider's must be verified.
      accountLinking: { requireLocalEmailVerified: false },
      updateAccountOnSignIn: false,
    },
    verification: { modelName: collections.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => onPasswordReset(AgentId.parse(user.id)),
    },
    plugins: config.oidc ? [genericOAuth({ config: [provider(config.oidc)] })] : [],
    databaseHooks: {
      account: {
        // Who somebody is, is all that a provider is asked: its tokens would be secrets to keep.
        create: { before: async (way) => ({ data: { ...way, accessToken: null, refreshToken: null, idToken: null } }) },
      },
      session: {
        create: {
          // Whoever was deactivated is refused like somebody with a wrong password.
          before: async ({ userId }) =>
            (await agents.countDocuments({ _id: userId, deactivatedAt: { $exists: false } }, { limit: 1 })) === 1,
        },
      },
    },
    // The limits of ours count over all nodes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'deskbridge',
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: config.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ipHeader] },
      database: { generateId: newId },
    },
    logger: { log: (level, message) => logger[level]({ signIn: message }, 'sign-in') },
  })
}

/** Those of a provider whose address no agent has stay outside. */
const provider = ({ issuer, clientId, clientSecret }: NonNullable<Config['oidc']>) => ({
  providerId,
  discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  clientId,
  clientSecret,
  scopes: ['openid', 'profile', 'email'],
  pkce: true,
  requireIdTokenVerification: true,
  disableSignUp: true,
  disableImplicitSignUp: true,
})

export type Library = ReturnType<typeof createLibrary>
