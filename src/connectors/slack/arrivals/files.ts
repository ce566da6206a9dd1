import type { RemoteFile } from '../../../bridge/port/arrival.ts'
import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { boundedBytes } from '../../../platform/http/bounded-bytes.ts'
import type { SlackApi } from '../api.ts'
import { classified, isRefusal } from '../failures.ts'
import type { SlackFile } from '../message.ts'
import { fileHosts, slacksOwn } from '../own-hosts.ts'

export type SlackFiles = (file: SlackFile) => RemoteFile

/** What such a status says stays so. */
const gone: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 410])

/**
 * Reads files with the app's token, from Slack's own host and from nowhere that it sends us on to. Instead of a file that
 * the app may not read, Slack shows its sign-in page.
 */
export function createSlackFiles(options: {
  api: Pick<SlackApi, 'file'>
  token: string
  apiUrl: string
  timeoutMs: number
}): SlackFiles {
  const isSlacks = slacksOwn(options.apiUrl, fileHosts)

  const download = async (address: string, isPage: boolean, most: number): Promise<Uint8Array> => {
    const url = URL.parse(address)
    if (!url || !isSlacks(url)) throw new RemoteFailure({ kind: 'refused' }, 'a file at an address that is not Slack’s')
    const headers = { authorization: `Bearer ${options.token}` }
    const signal = AbortSignal.timeout(options.timeoutMs)
    const response = await fetch(url, { headers, signal, redirect: 'manual' }).catch((cause: unknown) => {
      throw new RemoteFailure({ kind: 'transient' }, `a file: ${String(cause)}`, { cause })
    })
    const isSignIn = !isPage && (response.headers.get('content-type') ?? '').startsWith('text/html')
    if (response.ok && !isSignIn) return boundedBytes(response, most)
    await response.body?.cancel()
    const kind = isSignIn || gone.has(response.status) ? 'refused' : 'transient'
    throw new RemoteFailure({ kind }, isSignIn ? 'a file: Slack asks to sign in' : `a file: status ${response.status}`)
  }

  /** As Slack knows it by now, where the message says too little. */
  const known = (file: SlackFile): Promise<SlackFile> =>
    classified('link', async () => {
      if (file.id === undefined || (file.url_private_download && file.file_access !== 'check_file_info')) return file
      return options.api.file(file.id).catch((error: unknown) => {
        if (isRefusal(error, ['file_not_found', 'file_deleted', 'access_denied', 'missing_scope'])) return file
        throw error
      })
    })

  return (file) => ({
    name: file.name || 'unnamed',
    async read(most) {
      const { url_private_download: address, mimetype } = await known(file)
      if (!address) throw new RemoteFailure({ kind: 'refused' }, 'a file without an address')
      return download(address, mimetype === 'text/html', most)
    },
  })
}
