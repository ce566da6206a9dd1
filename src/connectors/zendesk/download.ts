import { RemoteFailure } from '../../bridge/port/failure.ts'
import { boundedBytes } from '../../platform/http/bounded-bytes.ts'
import type { Authorization } from './authorization.ts'
import { failureOfNetwork } from './failures.ts'

/** Where Zendesk keeps attachments and pictures. An address of any other host is somebody's, not Zendesk's. */
const hosts = /(^|\.)(zendesk\.com|zdusercontent\.com|zdassets\.com)$/
const mostHops = 4
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** What such a status says stays so. */
const gone: ReadonlySet<number> = new Set([400, 401, 403, 404, 410])

export type Download = (address: string, most: number) => Promise<Uint8Array>

/**
 * Reads an attachment or a picture, from the account and where it sends us on to, which is not told who we are. Throws
 * `file_too_large` for more than `most` bytes, and `RemoteFailure`.
 */
export function createDownload(options: { url: string; authorization: Authorization; timeoutMs: number }): Download {
  const own = new URL(options.url).origin
  const isZendesks = ({ origin, protocol, hostname }: URL) =>
    origin === own || (protocol === 'https:' && hosts.test(hostname))

  const ask = async (at: URL, isFirst: boolean, signal: AbortSignal): Promise<Response> => {
    if (!isZendesks(at)) throw new RemoteFailure({ kind: 'refused' }, `a file at ${at.hostname} is not Zendesk’s`)
    const headers: HeadersInit =
      isFirst && at.origin === own ? { Authorization: await options.authorization.header() } : {}
    return fetch(at, { headers, signal, redirect: 'manual' }).catch((cause: unknown) => {
      throw new RemoteFailure(failureOfNetwork(cause), `a file: ${String(cause)}`, { cause })
    })
  }

  return async (address, most) => {
    const signal = AbortSignal.timeout(options.timeoutMs)
    let at = new URL(address)
    for (let hop = 0; hop < mostHops; hop += 1) {
      const response = await ask(at, hop === 0, signal)
      if (response.ok) return boundedBytes(response, most)
      await response.body?.cancel()
      const location = response.headers.get('location')
      if (!redirects.has(response.status) || location === null) throw failureOf(response.status)
      at = new URL(location, at)
    }
    throw new RemoteFailure({ kind: 'refused' }, 'a file sends from one place to the next')
  }
}

const failureOf = (status: number) =>
  new RemoteFailure({ kind: gone.has(status) ? 'refused' : 'transient' }, `a file: status ${status}`)
