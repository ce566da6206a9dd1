import { z } from 'zod'
import { DeskbridgeError, type ErrorCode, errorTable } from '../contract/errors.ts'

const timeoutMs = 30_000
/** How often a request is made again that was one too many in its minute. */
const mostWaits = 20

export interface AdminApi {
  /** Throws the errors of the API, and `unavailable` without an answer. */
  get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>>
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<void>
}

interface AdminApiDeps {
  url: string
  key: string
  wait(ms: number): Promise<unknown>
}

/** The API of an installation, as anybody with a key has it. */
export function createAdminApi({ url, key, wait }: AdminApiDeps): AdminApi {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    for (let waits = 0; ; waits += 1) {
      const response = await request(method, `${url}${path}`, key, body)
      const answer: unknown = await response.json().catch(() => null)
      if (response.ok) return answer
      const error = errorIn(answer, response.status, url)
      if (error.code !== 'rate_limited' || waits === mostWaits) throw error
      await wait(error.retryAfterMs ?? 1_000)
    }
  }
  return {
    async get(path, schema) {
      const parsed = schema.safeParse(await ask('GET', path))
      if (parsed.success) return parsed.data
      const [issue] = parsed.error.issues
      throw new DeskbridgeError('unavailable', {
        message: `The answer of ${url}${path} is not understood: take bin/deskbridge of the version that runs there.`,
        details: [{ path: issue?.path.join('.'), problem: issue?.message }],
      })
    },
    async send(method, path, body) {
      await ask(method, path, body)
    },
  }
}

/** A key is not carried to where a redirect leads. */
const request = (method: string, url: string, key: string, body?: object): Promise<Response> =>
  fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new DeskbridgeError('unavailable', { message: `${new URL(url).origin} does not answer.`, cause })
  })

const isCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code)
const Failure = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown().optional(),
    retryAfterMs: z.number().optional(),
  }),
})

function errorIn(answer: unknown, status: number, url: string): DeskbridgeError {
  const parsed = Failure.safeParse(answer)
  if (!parsed.success)
    return new DeskbridgeError('unavailable', { message: `${url} answers ${status}, and not as Deskbridge does.` })
  const { code, message, details, retryAfterMs } = parsed.data.error
  if (!isCode(code))
    return new DeskbridgeError('unavailable', {
      message: `${url} answers '${code}', which this release does not know.`,
    })
  return new DeskbridgeError(code, { message, details, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}
