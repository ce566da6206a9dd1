import { type AgentTokens, createAgentTokens } from '../../agent/tokens.ts'
import type { Account } from './account.ts'
import { problemIn, unreachable } from './problem.ts'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * The public API, as whoever is signed in may use it. Each answer has the type that the contract gives its route: its
 * schemas would weigh more than the console. All reject with a `Problem`.
 */
export interface Api {
  get<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
  put<T>(path: string, body: object): Promise<T>
  patch<T>(path: string, body: object): Promise<T>
  remove(path: string, query?: Query): Promise<void>
}

export interface ApiDeps {
  url: string
  account: Pick<Account, 'token'>
  /** The session is over: resolves once somebody is signed in again, so that nothing that was typed is lost. */
  signInAgain(): Promise<void>
  now(): number
}

interface Request {
  method: string
  path: string
  query?: Query | undefined
  body?: object
}

export function createApi(deps: ApiDeps): Api {
  let tokens = createTokens(deps)

  const ask = async ({ method, path, query = {}, body }: Request): Promise<Response> => {
    const token = await tokens.current()
    return fetch(`${deps.url}${path}${searchOf(query)}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(unreachable)
  }
  const askUntilSignedIn = async (request: Request): Promise<Response> => {
    const response = await ask(request)
    if (response.status !== 401) return response
    tokens.doubt()
    const second = await ask(request)
    if (second.status !== 401) return second
    await deps.signInAgain()
    tokens = createTokens(deps)
    return ask(request)
  }
  const call = async <T>(request: Request): Promise<T> => {
    const response = await askUntilSignedIn(request)
    const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null)
    if (!response.ok) throw problemIn(answer)
    return answer as T
  }

  return {
    get: (path, query) => call({ method: 'GET', path, query }),
    post: (path, body = {}) => call({ method: 'POST', path, body }),
    put: (path, body) => call({ method: 'PUT', path, body }),
    patch: (path, body) => call({ method: 'PATCH', path, body }),
    remove: (path, query) => call({ method: 'DELETE', path, query }),
  }
}

/** There is none at first: the one that is asked for is made of the browser's session. */
const createTokens = ({ account, now }: ApiDeps): AgentTokens =>
  createAgentTokens({ first: { token: '', expiresAt: new Date(0).toISOString() }, renew: () => account.token(), now })

function searchOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
