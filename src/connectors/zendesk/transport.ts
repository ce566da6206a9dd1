import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { Authorization } from './authorization.ts'
import { failureOfNetwork, failureOfStatus } from './failures.ts'
import { parseAnswer, parseRefusal, type Refusal, textOf } from './parse-answer.ts'

/** An answer that is not a success. Its `code` is Zendesk's own, as `RecordInvalid`. */
export class ZendeskError extends RemoteFailure {
  override name = 'ZendeskError'
  readonly status: number
  readonly refusal: Refusal
  /** Requests that the account has left in this minute, where the answer says so. */
  readonly remaining: number | null

  constructor(what: string, { status, headers }: Response, refusal: Refusal) {
    const { code, about } = refusal
    const retryAfter = numberIn(headers, 'retry-after')
    super(
      failureOfStatus(status, retryAfter === null ? null : retryAfter * 1_000),
      `${what}: status ${status} ${code}${about.length > 0 ? ` (${about.join(', ')})` : ''}`,
      { code },
    )
    this.status = status
    this.refusal = refusal
    this.remaining = numberIn(headers, 'x-rate-limit-remaining') ?? numberIn(headers, 'ratelimit-remaining')
  }
}

function numberIn(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim()
  return value && Number.isFinite(Number(value)) ? Number(value) : null
}

/** One call's extra headers, and the whole answer: the SDK drops the audit, and with it the id of a new comment. */
interface Call {
  headers: Record<string, string>
  body: unknown
}

const Options = z.object({ method: z.string(), body: z.string().nullish(), headers: z.record(z.string(), z.string()) })

interface Sent {
  method: string
  /** A form's type is said by the form itself. */
  body?: string | Uint8Array<ArrayBuffer> | FormData | null | undefined
  headers: Record<string, string>
  /** A status that is an answer like a success. */
  answers?: number
}

const nameOf = (uri: string, { method }: Pick<Sent, 'method'>): string => `${method} ${new URL(uri).pathname}`

/** What node-zendesk sends through: every answer that is not a success is thrown, whole. */
export function createTransport(options: { authorization: Authorization; timeoutMs: number }) {
  const calls = new AsyncLocalStorage<Call>()
  const deadlines = new AsyncLocalStorage<AbortSignal>()
  let perMinute: number | null = null

  const request = async (uri: string, { method, body, headers }: Sent): Promise<Response> => {
    const authorization = await options.authorization.header()
    return fetch(uri, {
      method,
      body: body ?? null,
      headers: { ...headers, ...calls.getStore()?.headers, Authorization: authorization },
      signal: deadlines.getStore() ?? AbortSignal.timeout(options.timeoutMs),
      redirect: 'manual',
    }).catch((error: unknown) => {
      throw new RemoteFailure(failureOfNetwork(error), `${nameOf(uri, { method })}: ${String(error)}`, {
        cause: error,
      })
    })
  }

  const answerTo = async (uri: string, sent: Sent): Promise<Response> => {
    let response = await request(uri, sent)
    if (response.status === 401 && options.authorization.renew()) {
      await response.body?.cancel()
      response = await request(uri, sent)
    }
    perMinute = numberIn(response.headers, 'x-rate-limit') ?? numberIn(response.headers, 'ratelimit-limit') ?? perMinute
    if (response.ok || response.status === sent.answers) return response
    throw new ZendeskError(nameOf(uri, sent), response, await parseRefusal(response))
  }

  const exchange = async (uri: string, sent: Sent) => {
    const response = await answerTo(uri, sent)
    const body = await parseAnswer(response, nameOf(uri, sent))
    return { status: response.status, statusText: response.statusText, body }
  }

  const transportFn = async (uri: string, sent: unknown) => {
    const answer = await exchange(uri, Options.parse(sent))
    const call = calls.getStore()
    if (call) call.body = answer.body
    return answer
  }

  const checked = <S extends z.ZodType>(schema: S, body: unknown): z.infer<S> => {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    throw new RemoteFailure({ kind: 'ambiguous' }, 'Zendesk answered something else than documented', {
      cause: parsed.error,
    })
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

    /** Requests a minute that the account's plan allows, as the last answer that said it; null: none did. */
    perMinute: () => perMinute,

    /** One time-out for all requests of `run`: none of them begins when it is over. */
    inTime: <T>(run: () => Promise<T>): Promise<T> => deadlines.run(AbortSignal.timeout(options.timeoutMs), run),

    /** Runs one call of the SDK's and answers with the body that came back, checked. */
    async call<S extends z.ZodType>(
      schema: S,
      run: () => Promise<unknown>,
      headers: Record<string, string> = {},
    ): Promise<z.infer<S>> {
      const call: Call = { headers, body: undefined }
      await calls.run(call, run)
      return checked(schema, call.body)
    },

    /** One call past the SDK, which breaks what is not JSON. */
    send: async <S extends z.ZodType>(schema: S, uri: string, sent: Sent): Promise<z.infer<S>> =>
      checked(schema, (await exchange(uri, sent)).body),

    /** One call whose answer is a text. */
    sendForText: async <S extends z.ZodType>(schema: S, uri: string, sent: Sent): Promise<z.infer<S>> =>
      checked(schema, await textOf(await answerTo(uri, sent), nameOf(uri, sent))),
  }
}
