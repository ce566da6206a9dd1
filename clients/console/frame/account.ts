import type { Invitation } from '../../../src/contract/agent.ts'
import type {
  SessionToken,
  SignedIn,
  SignedInAgent,
  SignInSession,
  WaysToSignIn,
} from '../../../src/contract/sign-in.ts'
import { problemIn, unreachable } from './problem.ts'

/** The browser's session: its cookie is out of reach for scripts. All reject with a `Problem`. */
export interface Account {
  /** Null: nobody is signed in. */
  current(): Promise<SignedInAgent | null>
  ways(): Promise<WaysToSignIn>
  signIn(email: string, password: string): Promise<SignedInAgent>
  /** Where the browser has to go to sign in through the provider. */
  providerAddress(returnTo: string): Promise<string>
  takeInvitation(token: Invitation['token'], password: string): Promise<void>
  signOut(): Promise<void>
  /** Null: the session is over. */
  token(): Promise<SessionToken | null>
  /** One's own, on every browser. */
  sessions(): Promise<readonly SignInSession[]>
  endSession(id: string): Promise<void>
  /** Ends every other session. */
  changePassword(current: string, password: string): Promise<void>
}

export function createAccount(url: string): Account {
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    const response = await fetch(`${url}/api/auth${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).catch(unreachable)
    const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null)
    return { status: response.status, answer, isRefused: !response.ok }
  }
  const must = async <T>(...args: Parameters<typeof call>): Promise<T> => {
    const { answer, isRefused } = await call(...args)
    if (isRefused) throw problemIn(answer)
    return answer as T
  }
  const unlessOver = async <T>(...args: Parameters<typeof call>): Promise<T | null> => {
    const { status, answer, isRefused } = await call(...args)
    if (isRefused && status !== 401) throw problemIn(answer)
    return isRefused ? null : (answer as T)
  }

  return {
    current: async () => (await unlessOver<SignedIn>('GET', '/session'))?.agent ?? null,
    ways: () => must('GET', '/ways'),
    signIn: async (email, password) => (await must<SignedIn>('POST', '/sign-in', { email, password })).agent,
    providerAddress: async (returnTo) => (await must<{ url: string }>('POST', '/sign-in/provider', { returnTo })).url,
    takeInvitation: (token, password) => must('POST', '/invitation', { token, password }),
    signOut: () => must('POST', '/sign-out', {}),
    token: () => unlessOver('POST', '/token', {}),
    sessions: async () => (await must<{ sessions: SignInSession[] }>('GET', '/sessions')).sessions,
    endSession: (id) => must('DELETE', `/sessions/${id}`),
    changePassword: (current, password) => must('PUT', '/password', { current, password }),
  }
}
