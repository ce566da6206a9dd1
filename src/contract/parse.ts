import type { z } from 'zod'
import { DeskbridgeError } from './errors.ts'

/** Input from outside as its schema says, or `invalid_input` (`message_too_long`) with the path of each fault, never its value. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message }))
  const tooLong = details.some(({ problem }) => problem === 'message_too_long')
  throw new DeskbridgeError(tooLong ? 'message_too_long' : 'invalid_input', { details })
}
