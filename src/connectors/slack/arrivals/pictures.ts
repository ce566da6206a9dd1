import type { RemotePicture } from '../../../bridge/port/arrival.ts'
import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { boundedBytes } from '../../../platform/http/bounded-bytes.ts'
import { pictureHosts, slacksOwn } from '../own-hosts.ts'

export type SlackPictures = (address: string) => RemotePicture | null

/** People's pictures, from Slack's own hosts and from nowhere that these send us on to; null: it is not there. */
export function createSlackPictures(options: { apiUrl: string; timeoutMs: number }): SlackPictures {
  const isSlacks = slacksOwn(options.apiUrl, pictureHosts)

  const read = async (url: URL, most: number): Promise<Uint8Array> => {
    const signal = AbortSignal.timeout(options.timeoutMs)
    const response = await fetch(url, { signal, redirect: 'manual' }).catch((cause: unknown) => {
      throw new RemoteFailure({ kind: 'transient' }, `a picture: ${String(cause)}`, { cause })
    })
    if (response.ok) return boundedBytes(response, most)
    await response.body?.cancel()
    throw new RemoteFailure({ kind: 'refused' }, `a picture: status ${response.status}`)
  }

  return (address) => {
    const url = URL.parse(address)
    return url && isSlacks(url) ? { address, read: (most) => read(url, most) } : null
  }
}
