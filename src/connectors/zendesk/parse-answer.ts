import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port/failure.ts'

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
  /** Which of what was sent it is about; `base` for all that stands in the account's ticket fields. */
  fields: readonly string[]
  /** The same for people, as `requester: UserSuspended` and `ticket field 360001 (FieldTagger)`. */
  about: readonly string[]
}

/** A word of Zendesk's own, which is never a sentence. */
const Word = z.string().regex(/^\w{1,60}$/)
const Detail = z.object({
  error: Word.nullish().catch(null),
  ticket_field_id: z
    .union([z.number().int(), z.string().regex(/^\d{1,20}$/)])
    .nullish()
    .catch(null),
  ticket_field_type: Word.nullish().catch(null),
})
type Detail = z.infer<typeof Detail>

const RefusalBody = z.object({
  error: z.string().max(100).catch(''),
  details: z.record(z.string().max(100), z.array(Detail).catch([])).catch({}),
})

const silent: Refusal = { code: '', fields: [], about: [] }

/** Anything else than the documented JSON says nothing. */
export async function parseRefusal(response: Response): Promise<Refusal> {
  const body = RefusalBody.safeParse(await response.json().catch(() => null))
  if (!body.success) return silent
  const { error: code, details } = body.data
  const about = Object.entries(details).flatMap(([field, of]) => (of.length > 0 ? of : [{}]).map(aboutWith(field)))
  return { code, fields: Object.keys(details), about: [...new Set(about)] }
}

const aboutWith =
  (field: string) =>
  ({ error, ticket_field_id: id, ticket_field_type: type }: Partial<Detail>): string => {
    const name = id ? `ticket field ${id}${type ? ` (${type})` : ''}` : field
    return error ? `${name}: ${error}` : name
  }
