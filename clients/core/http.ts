import type { ErrorBody } from '../../src/contract/errors.ts'
import type { UploadedFile } from '../../src/contract/file.ts'
import { type HttpCall, type Refusal, Refused, type Transport, type Upload } from './transport.ts'

/** The service's HTTP API at `url`, for what does not go over the line. */
export function createHttp(url: string): Pick<Transport, 'start' | 'call' | 'text' | 'upload'> {
  const call: Transport['call'] = async <T>({ method, path, token, body }: HttpCall) => {
    const response = await fetch(`${url}/api/chat${path}`, {
      method,
      headers: { ...authorization(token), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok) return refusalIn(answer, response.status)
    return { ok: true, ...(answer as T) }
  }
  return {
    call,
    async text({ method, path, token }) {
      const response = await fetch(`${url}/api/chat${path}`, { method, headers: authorization(token) })
      return response.ok ? response.text() : null
    },
    async start(input, earlier) {
      const answer = await call<Awaited<ReturnType<Transport['start']>>>({
        ...{ method: 'POST', path: '/sessions', body: input },
        token: earlier,
      })
      if (!answer.ok) throw new Refused(answer.error)
      return answer
    },
    upload: (upload) => sendFile(`${url}/api/chat/upload`, upload),
  }
}

const authorization = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

/** What is in the way, such as a proxy, may answer in its own words. A server in trouble has not said no. */
function refusalIn(answer: unknown, status: number): Refusal {
  const { error } = Object(answer) as { error?: ErrorBody }
  if (typeof error?.code === 'string') return { ok: false, error }
  if (status >= 500) throw new Error(`no answer (${status})`)
  return { ok: false, error: { code: 'unavailable', message: 'That did not work. Try again in a moment.' } }
}

/** By XMLHttpRequest: `fetch` does not tell how much of a body is up. */
function sendFile(url: string, { token, file, name, progress, signal }: Upload): ReturnType<Transport['upload']> {
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Transport['upload']>>>()
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file, name)
  const fail = () => reject(new Error('the upload ended without an answer'))
  request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
  request.onload = () => {
    try {
      const answer: unknown = JSON.parse(request.responseText || 'null')
      const isTaken = request.status >= 200 && request.status < 300
      resolve(isTaken ? { ok: true, ...(answer as UploadedFile) } : refusalIn(answer, request.status))
    } catch (error) {
      reject(error)
    }
  }
  request.onerror = fail
  request.onabort = fail
  request.ontimeout = fail
  signal.addEventListener('abort', () => request.abort())
  request.open('POST', url)
  request.setRequestHeader('authorization', `Bearer ${token}`)
  request.send(form)
  return promise
}
