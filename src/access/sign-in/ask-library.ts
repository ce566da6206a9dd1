import type { Context } from 'hono'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import { basePath, ipHeader, type Library } from './library.ts'

/** What goes on to the library: nothing of a request that it does not need, and the address as we know it. */
const passedOn = ['cookie', 'origin', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

export type AskLibrary = (c: Context, method: 'GET' | 'POST', path: string, body?: object) => Promise<Response>

/** Puts a question to the library as the request that it would have got itself. */
export function createAskLibrary(deps: {
  library: Library
  publicUrl: string
  trustedProxies: TrustedProxies
}): AskLibrary {
  return (c, method, path, body) => {
    const headers = new Headers()
    for (const name of passedOn) {
      const value = c.req.header(name)
      if (value !== undefined) headers.set(name, value)
    }
    const ip = clientIp(c, deps.trustedProxies)
    if (ip) headers.set(ipHeader, ip)
    if (body) headers.set('content-type', 'application/json')
    const url = new URL(`${basePath}${path}`, deps.publicUrl)
    return deps.library.handler(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
  }
}

/** The cookies that it sets or takes away are the browser's. */
export function passCookies(c: Context, from: Response): void {
  for (const cookie of from.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}
