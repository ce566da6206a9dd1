import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { version } from '../platform/version.ts'

const about = `Live chat that becomes a Slack thread and a Zendesk ticket.

Every refusal is \`{error: {code, message, details?, retryAfterMs?}}\`. A visitor's token opens one chat; an agent's
opens the chats of their inboxes; the administrator's key or an administrator's token opens \`/api/admin\`; an API key opens what its scopes say.

A POST with an \`Idempotency-Key\` is done once in 24 hours for whoever asks: a repeat gets the first answer with
\`Idempotent-Replayed: true\`, another body under the key is \`key_conflict\`.`

/** `/api/openapi.json`: made of what stands beside each route. */
export function openApiRoutes(app: Hono): Hono {
  let document: Promise<object> | null = null
  const make = () =>
    generateSpecs(app, {
      documentation: {
        info: { title: 'Deskbridge', version, description: about },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      },
    })
  return new Hono().get('/openapi.json', async (c) => c.json(await (document ??= make())))
}
