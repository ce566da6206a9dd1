import type { TrustedProxies } from '../../platform/http/client-ip.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Standing } from '../standing.ts'
import type { Tokens } from '../tokens.ts'
import type { AskLibrary } from './ask-library.ts'
import type { Attempts } from './attempts.ts'
import type { SignIn } from './sign-in.ts'

/** What the routes of signing in need. */
export interface SignInRoutesDeps {
  signIn: SignIn
  ask: AskLibrary
  attempts: Attempts
  standing: Standing
  tokens: Tokens
  ownOrigin: string
  trustedProxies: TrustedProxies
  /** What the identity provider is called; null without one. */
  providerName: string | null
  logger: Logger
  now(): number
}
