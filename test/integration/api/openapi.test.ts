import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { kindOf } from '../../../src/access/once/routes.ts'
import { Scope } from '../../../src/contract/key.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

const Parameter = z.looseObject({ $ref: z.string().optional(), name: z.string().optional(), in: z.string().optional() })
const Content = z.record(
  z.string(),
  z.looseObject({
    schema: z.record(z.string(), z.unknown()),
    examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  }),
)
const Operation = z.looseObject({
  operationId: z.string().min(1),
  summary: z.string().endsWith('.'),
  tags: z.array(z.string().min(1)).length(1),
  security: z.array(z.partialRecord(z.literal('bearer'), z.array(Scope))),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.object({ description: z.string().min(1), content: Content.optional() }),
  ),
})
const Document = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  components: z.looseObject({ securitySchemes: z.object({ bearer: z.object({}) }) }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
})

let chat: TestChat
let document: z.infer<typeof Document>
let operations: { route: string; path: string; method: string; operation: z.infer<typeof Operation> }[]
beforeAll(async () => {
  chat = await aChat()
  document = Document.parse((await chat.call('GET', '/api/openapi.json')).body)
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ route: `${method.toUpperCase()} ${path}`, path, method, operation },
    })),
  )
})
afterAll(() => chat.close())

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Every value in a document that stands under this name. */
function valuesOf(name: string, within: unknown): unknown[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([key, value]) => [...(key === name ? [value] : []), ...valuesOf(name, value)])
}

const resolved = (pointer: string) =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, part) => Object(at)[part], document)

describe('the document', () => {
  it('describes every route of the API, with what it answers when all is well', () => {
    const routes = chat
      .node()
      .routes.filter(
        ({ method, path }) => methods.includes(method) && /^\/(api|files)\//.test(path) && !path.includes('*'),
      )
      .filter(({ path }) => path !== '/api/openapi.json')
    const asked = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const described = operations.filter(({ operation }) =>
      Object.keys(operation.responses).some((status) => status < '400'),
    )
    expect(described.map(({ route }) => route).sort()).toEqual([...new Set(asked)].sort())
  })

  it('names each operation once, and refers to nothing that it does not hold', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    const pointers = valuesOf('$ref', document)
    const lost = pointers.filter((pointer) => typeof pointer !== 'string' || resolved(pointer) === undefined)
    expect([ids.length - new Set(ids).size, lost, pointers.length > 0]).toEqual([0, [], true])
  })

  it('says what each part of a path is', () => {
    const lacking = operations.filter(({ path, operation: { parameters } }) => {
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      return [...path.matchAll(/\{(\w+)\}/g)].some(([, name]) => !named.includes(name))
    })
    expect(lacking.map(({ route }) => route)).toEqual([])
  })

  it('says of each POST whether it takes an idempotency key', () => {
    const posts = operations.filter(({ method }) => method === 'post')
    const takes = posts.filter(({ operation }) => operation.parameters.some(({ $ref }) => $ref !== undefined))
    const once = posts.filter(({ path }) => ['once', 'keyed'].includes(kindOf(path)))
    expect(takes.map(({ route }) => route)).toEqual(once.map(({ route }) => route))
  })

  it('shows bodies and refusals that fit their schemas', () => {
    const contents = operations.flatMap(({ route, operation: { requestBody, responses } }) =>
      [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).map((content) => ({ route, ...content })),
      ),
    )
    const unfit = contents.flatMap(({ route, schema, examples = {} }) =>
      Object.entries(examples)
        .filter(([, { value }]) => !z.fromJSONSchema(schema).safeParse(value).success)
        .map(([name]) => `${route}: ${name}`),
    )
    expect(unfit).toEqual([])
  })

  it('says of each route that API keys open with which scope they do, and how they are refused', () => {
    const byKey = operations.filter(({ operation }) => operation.security.some(({ bearer }) => bearer?.length === 1))
    const lacking = byKey.filter(
      ({ path, operation: { responses } }) =>
        !responses['401'] || (!path.startsWith('/api/admin/') && !(responses['403'] && responses['429'])),
    )
    const scopes = new Set(byKey.flatMap(({ operation }) => operation.security.flatMap(({ bearer }) => bearer ?? [])))
    expect([lacking, [...scopes].sort()]).toEqual([
      [],
      ['admin', 'analytics:read', 'chats:read', 'chats:write', 'messages:write', 'visitors:write'],
    ])
  })

  it('tells of a route what goes in, what comes out and how it is refused', () => {
    expect(document.paths['/api/chat/sessions/{id}/messages']).toMatchObject({
      get: {
        parameters: expect.arrayContaining([
          expect.objectContaining({ name: 'limit', in: 'query', required: false }),
          expect.objectContaining({ name: 'id', in: 'path', required: true }),
        ]),
      },
      post: {
        requestBody: {
          content: { 'application/json': { schema: { anyOf: [{ required: ['clientMessageId'] }, {}] } } },
        },
        responses: {
          201: { content: { 'application/json': { schema: { required: ['id', 'seq', 'createdAt'] } } } },
          429: {},
        },
      },
    })
  })
})
