import { Hono } from 'hono'
import { administratorOfAll } from '../access/administrator.ts'
import type { Who } from '../access/who.ts'
import { WebhookCatalogue } from '../contract/webhook.ts'
import { describe } from '../platform/http/describe.ts'
import { type DeliveryRoutesDeps, deliveriesOfEndpointRoutes, deliveryRoutes } from './deliveries/routes.ts'
import { type EndpointRoutesDeps, endpointRoutes } from './endpoints/routes.ts'
import { catalogue } from './events/catalogue.ts'
import type { ReplayDeps } from './replays/replay.ts'
import { replayRoutes } from './replays/routes.ts'

const tag = 'webhooks'
const scope = 'webhooks'

interface WebhookRoutesDeps extends EndpointRoutesDeps, DeliveryRoutesDeps, ReplayDeps {
  who: Pick<Who, 'atLeast'>
}

/** `/api/admin/webhooks`. An endpoint may be for any inbox, so that who is of some inboxes has none. */
export function webhookRoutes(deps: WebhookRoutesDeps): Hono {
  const routes = new Hono()
  routes.use(async (c, next) => {
    await administratorOfAll(deps.who, c, scope)
    await next()
  })
  routes.get(
    '/types',
    describe({
      tag,
      scope,
      summary: 'What an endpoint can be told: each type with its schema and an example.',
      answers: { 200: WebhookCatalogue },
      errors: ['forbidden'],
    }),
    (c) => c.json({ types: catalogue() }),
  )
  return routes
    .route('/endpoints', endpointRoutes(deps))
    .route('/endpoints', deliveriesOfEndpointRoutes(deps))
    .route('/endpoints', replayRoutes(deps))
    .route('/deliveries', deliveryRoutes(deps))
}
