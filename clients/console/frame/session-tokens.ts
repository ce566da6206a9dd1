import { type AgentTokens, createAgentTokens } from '../../agent/tokens.ts'
import type { Account } from './account.ts'

export interface SessionTokens extends AgentTokens {
  /** The session is over: resolves once somebody is signed in again, so that nothing that was typed is lost. */
  signInAgain(): Promise<void>
}

/** Tokens of the browser's session, and of the one after it. There is none at first: the first is made when it is asked for. */
export function createSessionTokens(deps: {
  account: Pick<Account, 'token'>
  signInAgain(): Promise<void>
  now(): number
}): SessionTokens {
  const begin = () =>
    createAgentTokens({
      first: { token: '', expiresAt: new Date(0).toISOString() },
      renew: () => deps.account.token(),
      now: deps.now,
    })
  let tokens = begin()
  return {
    current: () => tokens.current(),
    doubt: () => tokens.doubt(),
    areOver: () => tokens.areOver(),
    async signInAgain() {
      await deps.signInAgain()
      tokens = begin()
    },
  }
}
