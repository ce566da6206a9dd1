import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port.ts'

export const textOf = (response: Response, what: string): Promise<string> =>
  response.text().catch((cause: unknown) => {
    throw new RemoteFailure({ kind: 'ambiguous' }, `${what}: the answer broke off`, { cause })
  })

/** The JSON of a success. One that is not JSON is a proxy's page: what happened behind it is not known. */
export async function parseAnswer(response: Response, what: string): Promise<unknown> {
  const text = await textOf(response, what)
  try {
    return text === '' ? {} : JSON.parse(text, keepLongNumbers)
  } catch (cause) {
    throw new RemoteFailure({ kind: 'ambiguous' }, `${what}: the answer is not JSON`, { cause })
  }
}

/** Ids may pass 2^53, where a number would become its neighbour: such a one stays the text that it was. */
function keepLongNumbers(...[, value, context]: unknown[]): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value
  return typeof context === 'object' && context !== null && 'source' in context ? context.source : value
}

/** What Zendesk says of a refusal, without its sentences: they may repeat what a visitor wrote, and this goes to the log. */
export interface Refusal {
  code: string
  /** The ticket's fields that it is about. */
  fields: string[]
}

const RefusalBody = z.object({
  error: z.string().max(100).catch(''),
  details: z.record(z.string(), z.unknown()).catch({}),
})

/** Anything else than the documented JSON says nothing. */
export async function parseRefusal(response: Response): Promise<Refusal> {
  const body = RefusalBody.safeParse(await response.json().catch(() => null))
  return body.success ? { code: body.data.error, fields: Object.keys(body.data.details) } : { code: '', fields: [] }
}
