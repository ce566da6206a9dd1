import type { ErrorBody } from '../../../src/contract/errors.ts'
import type { Refusal } from './transport.ts'

export const authorization = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

/** Throws where no answer of the service's came: what is in the way, such as a proxy, may answer in its own words. */
export function answerIn<T>(status: number, answer: unknown): ({ ok: true } & T) | Refusal {
  if (status < 200 || status >= 300) return refusalIn(answer, status)
  if (status === 204) return { ok: true } as { ok: true } & T
  if (typeof answer !== 'object' || answer === null) throw new Error(`no answer of the service's (${status})`)
  return { ok: true, ...(answer as T) }
}

/** A server in trouble has not said no. */
function refusalIn(answer: unknown, status: number): Refusal {
  const { error } = Object(answer) as { error?: ErrorBody }
  if (typeof error?.code === 'string') return { ok: false, error }
  if (status >= 500) throw new Error(`no answer (${status})`)
  if (status === 413) return { ok: false, error: { code: 'body_too_large', message: 'That is too large to be sent.' } }
  return { ok: false, error: { code: 'unavailable', message: 'That did not work. Try again in a moment.' } }
}
