import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port.ts'
import type { Authorization } from './authorization.ts'
import { failureOfNetwork, failureOfStatus } from './failures.ts'

/** An answer that is not a success, as Zendesk gave it. */
export class ZendeskError extends RemoteFailure {
  override name = 'ZendeskError'
  readonly status: number
  readonly body: unknown

  constructor(what: string, status: number, body: unknown, retryAfterMs: number | null) {
    super(failureOfStatus(status, retryAfterMs), `${what}: status ${status}`, { code: String(status) })
    this.status = status
    this.body = body
  }
}

/** One call's extra headers, and the whole answer: the SDK drops the audit, and with it the id of a new comment. */
interface Call {
  headers: Record<string, string>
  body: unknown
}

const Options = z.object({ method: z.string(), body: z.string().nullish(), headers: z.record(z.string(), z.string()) })

/** What node-zendesk sends through: every answer that is not a success is thrown, whole. */
export function createTransport(options: { authorization: Authorization; timeoutMs: number }) {
  const calls = new AsyncLocalStorage<Call>()

  const request = async (uri: string, sent: unknown): Promise<Response> => {
    const { method, body, headers } = Options.parse(sent)
    return fetch(uri, {
      method,
      body: body ?? null,
      headers: { ...headers, ...calls.getStore()?.headers, Authorization: await options.authorization.header() },
      signal: AbortSignal.timeout(options.timeoutMs),
      redirect: 'error',
    }).catch((error: unknown) => {
      throw new RemoteFailure(failureOfNetwork(error), `${method} ${new URL(uri).pathname}: ${String(error)}`, {
        cause: error,
      })
    })
  }

  const transportFn = async (uri: string, sent: unknown) => {
    let response = await request(uri, sent)
    if (response.status === 401 && options.authorization.renew()) response = await request(uri, sent)
    const body = await bodyOf(response, uri)
    const what = `${Options.parse(sent).method} ${new URL(uri).pathname}`
    if (!response.ok) throw new ZendeskError(what, response.status, body, retryAfterOf(response))
    const call = calls.getStore()
    if (call) call.body = body
    return { status: response.status, statusText: response.statusText, body }
  }

  return {
    config: {
      transportFn,
      responseAdapter: (answer: Awaited<ReturnType<typeof transportFn>>) => ({
        json: async () => answer.body,
        status: answer.status,
        statusText: answer.statusText,
        headers: { get: (name: string) => (name === 'content-type' ? 'application/json' : null) },
      }),
    },
    /** Runs one call of the SDK's and answers with the body that came back, checked. */
    async call<S extends z.ZodType>(
      schema: S,
      run: () => Promise<unknown>,
      headers: Record<string, string> = {},
    ): Promise<z.infer<S>> {
      const call: Call = { headers, body: undefined }
      await calls.run(call, run)
      const parsed = schema.safeParse(call.body)
      if (parsed.success) return parsed.data
      throw new RemoteFailure({ kind: 'ambiguous' }, 'Zendesk answered something else than documented', {
        cause: parsed.error,
      })
    },
  }
}

/** A success that is not JSON is a proxy's page: what happened behind it is not known. */
async function bodyOf(response: Response, uri: string): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw new RemoteFailure({ kind: 'ambiguous' }, `${new URL(uri).pathname}: the answer broke off`, { cause: error })
  })
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch (cause) {
    if (!response.ok) return text.slice(0, 500)
    throw new RemoteFailure({ kind: 'ambiguous' }, `${new URL(uri).pathname}: the answer is not JSON`, { cause })
  }
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : null
}
