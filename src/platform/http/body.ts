import type { Context } from 'hono'
import type { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'

/** The JSON body as its schema says. An empty body counts as `{}`. Throws `invalid_json`, `invalid_input`. */
export async function jsonBody<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  const text = await c.req.text()
  return parseInput(schema, text.trim() === '' ? {} : parseJson(text))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DeskbridgeError('invalid_json')
  }
}
