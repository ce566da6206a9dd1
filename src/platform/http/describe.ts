import type { MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { type ErrorCode, errorTable } from '../../contract/errors.ts'
import type { Scope } from '../../contract/key.ts'

export interface Description {
  tag: string
  /** A sentence that says what it does. */
  summary: string
  /** More, where one sentence is not enough. */
  description?: string
  body?: z.ZodType
  /** Bodies as they may be, by what they are for. */
  examples?: Readonly<Record<string, object>>
  /** The body's media type, where it is not JSON. */
  bodyType?: string
  query?: z.ZodObject
  /** What it answers when all is well; a text is for answers that are not JSON. */
  answers: Partial<Record<200 | 201 | 202 | 204 | 302, z.ZodType | string>>
  errors?: readonly ErrorCode[]
  /** What an API key must be allowed, where it is told apart from `admin`. */
  scope?: Scope
  /** Needs no token; with a scope, it takes an API key as well. */
  open?: boolean
}

type Schema = Record<string, unknown>
/** Most routes share theirs, and a process may have the routes more than once. */
const known = { input: new WeakMap<z.ZodType, Schema>(), output: new WeakMap<z.ZodType, Schema>() }

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const before = known[io].get(schema)
  if (before) return before
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  known[io].set(schema, rest)
  return rest
}

const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown().optional(),
    retryAfterMs: z.number().optional(),
  }),
})

/** What the OpenAPI document says of the route that it stands in: the one place where a route is described. */
export const describe = (route: Description): MiddlewareHandler =>
  describeRoute({
    tags: [route.tag],
    summary: route.summary,
    ...describedOf(route),
    security: securityOf(route),
    ...(route.query && { parameters: parametersOf(route.query) }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: {
          [route.bodyType ?? 'application/json']: { schema: schemaOf(route.body, 'input'), ...examplesOf(route) },
        },
      },
    }),
    responses: { ...answersOf(route), ...errorsOf(route) },
  })

function securityOf({ open, scope }: Description) {
  const bearer = { bearer: scope ? [scope] : [] }
  if (!open) return [bearer]
  return scope ? [{}, bearer] : []
}

const examplesOf = ({ examples }: Description) =>
  examples && { examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) }

function describedOf({ description, scope }: Description) {
  const texts = [description, scope && `An API key needs the scope \`${scope}\`.`].filter(Boolean)
  return texts.length > 0 ? { description: texts.join('\n\n') } : {}
}

const answersOf = ({ answers }: Description) =>
  Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      typeof answer === 'string'
        ? { description: answer }
        : { description: 'As asked.', content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
    ]),
  )

/** By status, since several codes travel under one. */
function errorsOf({ errors = [], body, query, open, scope }: Description) {
  const codes = new Set<ErrorCode>([
    ...errors,
    ...(body || query ? (['invalid_input'] as const) : []),
    ...(open && !scope ? [] : (['unauthorized'] as const)),
    ...(scope ? (['forbidden', 'rate_limited'] as const) : []),
  ])
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) {
    const { status } = errorTable[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const schema = schemaOf(ErrorAnswer, 'output')
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.map((code) => `\`${code}\`: ${errorTable[code].message}`).join('\n\n'),
        content: { 'application/json': { schema, examples: Object.fromEntries(of.map(exampleOf)) } },
      },
    ]),
  )
}

const exampleOf = (code: ErrorCode) =>
  [code, { value: { error: { code, message: errorTable[code].message } } }] as const

function parametersOf(query: z.ZodObject) {
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.record(z.string(), z.unknown())),
      required: z.array(z.string()).default([]),
    })
    .parse(schemaOf(query, 'input'))
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema,
  }))
}
