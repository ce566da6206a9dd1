import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { keepBlob } from './blobs'
import { hasNetwork, whenCut } from './line'
import { listened, tell } from './tell'

/** Before React Native puts its own in its place. */
export const nativeFetch = globalThis.fetch
const NativeAbort = globalThis.AbortController

/** As React Native's FormData hands it down: a text, or where a file lies. */
type Part = { headers: Record<string, string> } & ({ string: string } | { uri: string })

interface Query {
  method: string
  url: string
  headers: Record<string, string>
  data: { string?: string; formData?: readonly Part[] }
  responseType: 'text' | 'blob'
}

const running = new Map<number, AbortController>()
let requests = 0

export const networking = {
  ...listened,
  sendRequest(query: Query, created: (id: number) => void) {
    const id = (requests += 1)
    created(id)
    const abort = new NativeAbort()
    running.set(id, abort)
    const takeBack = whenCut(() => abort.abort())
    void send(id, query, abort.signal)
      .then(
        () => tell('didCompleteNetworkResponse', [id, null, false]),
        () => tell('didCompleteNetworkResponse', [id, 'The network connection was lost.', false]),
      )
      .finally(() => {
        takeBack()
        running.delete(id)
      })
  },
  abortRequest: (id: number) => running.get(id)?.abort(),
}

async function send(id: number, { method, url, headers, data, responseType }: Query, signal: AbortSignal) {
  if (!hasNetwork()) throw new Error('no network')
  const form = data.formData && (await formOf(data.formData))
  const body = form?.body ?? data.string
  const response = await nativeFetch(url, {
    method,
    headers: { ...headers, ...form?.headers },
    ...(body !== undefined && { body }),
    // The types take React Native's for it.
    signal: signal as never,
  })
  if (form) tell('didSendNetworkData', [id, form.body.length, form.body.length])
  tell('didReceiveNetworkResponse', [id, response.status, Object.fromEntries(response.headers), response.url])
  const text = await response.text()
  tell('didReceiveNetworkData', [id, responseType === 'blob' ? keepBlob(text) : text])
}

/** With the headers that React Native has given to each part, and the file read while it is sent. */
async function formOf(parts: readonly Part[]) {
  const boundary = 'a-boundary-between-parts'
  const pieces: Uint8Array[] = []
  for (const part of parts) {
    const headers = Object.entries(part.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    pieces.push(
      Buffer.from(`--${boundary}\r\n${headers.join('')}\r\n`),
      'uri' in part ? await readFile(fileURLToPath(part.uri)) : Buffer.from(part.string),
      Buffer.from('\r\n'),
    )
  }
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
