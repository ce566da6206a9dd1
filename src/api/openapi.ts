import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { kindOf } from '../access/once/routes.ts'
import { version } from '../platform/version.ts'

const about = `Live chat that becomes a Slack thread and a Zendesk ticket.

Every refusal is \`{error: {code, message, details?, retryAfterMs?}}\`. A visitor's token opens one chat; an agent's
opens the chats of their inboxes; the administrator's key or an administrator's token opens \`/api/admin\`; an API key opens what its scopes say.

A POST with an \`Idempotency-Key\` is done once in 24 hours for whoever asks: a repeat gets the first answer with
\`Idempotent-Replayed: true\`, another body under the key is \`key_conflict\`.`

const components = {
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'A token, or an API key (`dbk_…`), which needs the scope that a route names.',
    },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'Names the request, so that it is done once however often it is sent. Takes a token or a key.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  },
} as const

type Document = Awaited<ReturnType<typeof generateSpecs>>
type Operation = NonNullable<NonNullable<NonNullable<Document['paths']>[string]>['post']>

/** `/api/openapi.json`: made of what stands beside each route. */
export function openApiRoutes(app: Hono): Hono {
  let document: Promise<Document> | null = null
  const make = async () => {
    const info = { title: 'Deskbridge', version, description: about }
    return completed(await generateSpecs(app, { documentation: { info, components } }))
  }
  return new Hono().get('/openapi.json', async (c) => c.json(await (document ??= make())))
}

/** With what holds for many routes and stands beside none. */
function completed(document: Document): Document {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const { get, post, put, patch, delete: remove } = item ?? {}
    if (post && isDoneOnce(path)) post.parameters = [...(post.parameters ?? []), idempotencyKey]
    if (path.startsWith('/api/admin/'))
      for (const operation of [get, post, put, patch, remove]) if (operation) takeAdmin(operation)
  }
  return document
}

const idempotencyKey = { $ref: '#/components/parameters/IdempotencyKey' }

const isDoneOnce = (path: string) => ['keyed', 'once'].includes(kindOf(path))

/** What names no scope there takes that of an administrator. */
function takeAdmin(operation: Operation): void {
  const isUnnamed = operation.security?.some(({ bearer }) => bearer?.length === 0)
  if (isUnnamed) operation.security = [{ bearer: ['admin'] }]
}
