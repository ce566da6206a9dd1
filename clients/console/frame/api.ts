import { problemIn, unreachable } from './problem.ts'
import type { SessionTokens } from './session-tokens.ts'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * The public API, as whoever is signed in may use it. Each answer has the type that the contract gives its route: its
 * schemas would weigh more than the console. All reject with a `Problem`.
 */
export interface Api {
  get<T>(path: string, query?: Query): Promise<T>
  /** The same without anybody's doing: no sign of life of whoever is signed in. */
  look<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
  put<T>(path: string, body: object): Promise<T>
  patch<T>(path: string, body: object): Promise<T>
  remove(path: string, query?: Query): Promise<void>
  /** What is no JSON, or is to be kept as it came. */
  file(path: string, query?: Query): Promise<Blob>
}

const byItself = { 'x-deskbridge-by-itself': '1' }

interface Request {
  method: string
  path: string
  query?: Query | undefined
  body?: object
  headers?: Readonly<Record<string, string>>
}

export function createApi(url: string, tokens: SessionTokens): Api {
  const ask = async ({ method, path, query = {}, body, headers }: Request): Promise<Response> => {
    const token = await tokens.current()
    return fetch(`${url}${path}${searchOf(query)}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(unreachable)
  }
  const askUntilSignedIn = async (request: Request): Promise<Response> => {
    const response = await ask(request)
    if (response.status !== 401) return response
    tokens.doubt()
    const second = await ask(request)
    if (second.status !== 401) return second
    await tokens.signInAgain()
    return ask(request)
  }
  const download = async (request: Request): Promise<Blob> => {
    const response = await askUntilSignedIn(request)
    if (!response.ok) throw problemIn(await response.json().catch(() => null))
    return response.blob()
  }
  const call = async <T>(request: Request): Promise<T> => {
    const response = await askUntilSignedIn(request)
    const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null)
    if (!response.ok) throw problemIn(answer)
    return answer as T
  }

  return {
    get: (path, query) => call({ method: 'GET', path, query }),
    look: (path, query) => call({ method: 'GET', path, query, headers: byItself }),
    post: (path, body = {}) => call({ method: 'POST', path, body }),
    put: (path, body) => call({ method: 'PUT', path, body }),
    patch: (path, body) => call({ method: 'PATCH', path, body }),
    remove: (path, query) => call({ method: 'DELETE', path, query }),
    file: (path, query) => download({ method: 'GET', path, query }),
  }
}

function searchOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
