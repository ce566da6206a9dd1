import { answerIn, authorization } from './answer.ts'
import { type HttpCall, Refused, type Transport } from './transport.ts'

/** What hangs for longer will not come: on a network that lets nothing through, a request never ends by itself. ms */
const answerWithinMs = 20_000

/** The service's HTTP API at `url`, for what does not go over the line. */
export function createHttp(url: string): Pick<Transport, 'start' | 'call' | 'text' | 'upload'> {
  const ask = <T>({ method, path, token, body }: HttpCall, take: (response: Response) => Promise<T>): Promise<T> =>
    inTime(async (signal) =>
      take(
        await fetch(`${url}/api/chat${path}`, {
          method,
          headers: { ...authorization(token), ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: JSON.stringify(body) }),
          signal,
        }),
      ),
    )
  const call: Transport['call'] = <T>(asked: HttpCall) =>
    ask(asked, async (response) => answerIn<T>(response.status, await response.json().catch(() => null)))
  return {
    call,
    text: (asked) => ask(asked, async (response) => (response.ok ? response.text() : null)),
    async start(input, earlier) {
      const answer = await call<Awaited<ReturnType<Transport['start']>>>({
        ...{ method: 'POST', path: '/sessions', body: input },
        token: earlier,
      })
      if (!answer.ok) throw new Refused(answer.error)
      return answer
    },
    // Most visitors send no file.
    async upload(upload) {
      const { sendFile } = await import('../files/send-file.ts')
      return sendFile(`${url}/api/chat/upload`, upload)
    },
  }
}

async function inTime<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), answerWithinMs)
  try {
    return await task(abort.signal)
  } finally {
    clearTimeout(timer)
  }
}
