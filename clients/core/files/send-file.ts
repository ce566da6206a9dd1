import type { UploadedFile } from '../../../src/contract/file.ts'
import { answerIn, authorization } from '../line/answer.ts'
import type { Transport, Upload } from '../line/transport.ts'

type Answer = ReturnType<Transport['upload']>

/** By XMLHttpRequest where there is one: `fetch` does not tell how much of a body is up. */
export const sendFile = (url: string, upload: Upload): Answer =>
  typeof XMLHttpRequest === 'undefined' ? byFetch(url, upload) : byRequest(url, upload)

const formOf = ({ sessionId, file, name }: Upload): FormData => {
  const form = new FormData()
  if (sessionId !== undefined) form.append('sessionId', sessionId)
  // React Native takes a file by its address, and sends the name in it percent-encoded.
  if ('uri' in file) form.append('name', name)
  form.append('file', file, name)
  return form
}

async function byFetch(url: string, upload: Upload): Answer {
  const { token, signal } = upload
  const response = await fetch(url, {
    ...{ method: 'POST', headers: authorization(token), body: formOf(upload), signal },
  })
  return answerIn<UploadedFile>(response.status, await response.json().catch(() => null))
}

const byRequest = (url: string, upload: Upload): Answer =>
  new Promise((resolve, reject) => {
    const { token, progress, signal } = upload
    const request = new XMLHttpRequest()
    const fail = () => reject(new Error('the upload ended without an answer'))
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      try {
        resolve(answerIn<UploadedFile>(request.status, parsed(request.responseText)))
      } catch (error) {
        reject(error)
      }
    }
    request.onerror = fail
    request.onabort = fail
    request.ontimeout = fail
    signal.addEventListener('abort', () => request.abort())
    request.open('POST', url)
    for (const [name, value] of Object.entries(authorization(token))) request.setRequestHeader(name, value)
    request.send(formOf(upload))
  })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
