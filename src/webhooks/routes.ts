import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import type { Who } from '../access/who.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import { parseInput } from '../contract/parse.ts'
import {
  ChangeEndpoint,
  CreatedEndpoint,
  CreateEndpoint,
  DeliveryPage,
  DeliveryQuery,
  EndpointCounts,
  EndpointList,
  Recover,
  Recovered,
  ReplayList,
  RotateSecret,
  ShownDelivery,
  ShownEndpoint,
  ShownReplay,
  StartReplay,
  TestEndpoint,
  WebhookCatalogue,
  WholeDelivery,
} from '../contract/webhook.ts'
import type { WebhookType } from '../contract/webhook-event.ts'
import { jsonBody } from '../platform/http/body.ts'
import { describe } from '../platform/http/describe.ts'
import { recover, resend } from './deliveries/again.ts'
import type { Bodies } from './deliveries/body.ts'
import { countDeliveries, findDeliveries, getDelivery } from './deliveries/find.ts'
import type { Endpoints } from './endpoints/endpoints.ts'
import { endpointsOf, type StoredEndpoint } from './endpoints/stored.ts'
import { catalogue } from './events/catalogue.ts'
import { type ReplayDeps, startReplay } from './replays/replay.ts'
import { replaysOf, shown as shownReplay } from './replays/stored.ts'

const tag = 'webhooks'
const scope = 'webhooks'

export interface WebhookRoutesDeps extends ReplayDeps {
  connection: Connection
  who: Pick<Who, 'atLeast'>
  endpoints: Endpoints
  bodies: Pick<Bodies, 'payloadOf'>
  sendSample(endpoint: StoredEndpoint, type: WebhookType): Promise<WholeDelivery>
  /** `get` throws `not_found`. */
  inboxes: { get(key: string): Promise<unknown> }
}

/** `/api/admin/webhooks`. An endpoint may be for any inbox, so that who is of some inboxes has none. */
export function webhookRoutes(deps: WebhookRoutesDeps): Hono {
  const routes = new Hono()
  routes.use(async (c, next) => {
    const { inboxes } = await deps.who.atLeast(c, 'admin', scope)
    if (inboxes.length > 0) throw new DeskbridgeError('forbidden')
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
    .route('/endpoints', endpointActions(deps))
    .route('/deliveries', deliveryRoutes(deps))
}

function endpointRoutes({ endpoints, inboxes }: WebhookRoutesDeps): Hono {
  const routes = new Hono()
  const mustExist = async (named: readonly string[] = []) => {
    for (const key of named) await inboxes.get(key)
  }

  routes.post(
    '/',
    describe({
      tag,
      scope,
      summary: 'Makes an endpoint; its secret is shown this once.',
      body: CreateEndpoint,
      answers: { 201: CreatedEndpoint },
      errors: ['forbidden', 'not_found', 'too_many'],
    }),
    async (c) => {
      const wanted = await jsonBody(c, CreateEndpoint)
      await mustExist(wanted.inboxes)
      return unkept(c).json(await endpoints.create(wanted), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      scope,
      summary: 'Lists the endpoints, the oldest first.',
      answers: { 200: EndpointList },
      errors: ['forbidden'],
    }),
    async (c) => c.json({ endpoints: await endpoints.list() }),
  )

  routes.get(
    '/:id',
    describe({
      tag,
      scope,
      summary: 'One endpoint.',
      answers: { 200: ShownEndpoint },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => c.json(await endpoints.get(c.req.param('id'))),
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      scope,
      summary: 'Changes what is named of an endpoint; turning it on again ends a disabling.',
      description: 'What happened while it was off is brought by a replay.',
      body: ChangeEndpoint,
      answers: { 200: ShownEndpoint },
      errors: ['forbidden', 'not_found', 'version_conflict'],
    }),
    async (c) => {
      const change = await jsonBody(c, ChangeEndpoint)
      await mustExist(change.inboxes)
      return c.json(await endpoints.change(c.req.param('id'), change))
    },
  )

  routes.delete(
    '/:id',
    describe({
      tag,
      scope,
      summary: 'Removes an endpoint with all of its deliveries.',
      answers: { 204: 'Removed.' },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      await endpoints.remove(c.req.param('id'))
      return c.body(null, 204)
    },
  )

  routes.post(
    '/:id/secrets',
    describe({
      tag,
      scope,
      summary: 'A new secret, shown this once; those before sign on for a while.',
      body: RotateSecret,
      answers: { 201: CreatedEndpoint },
      errors: ['forbidden', 'not_found', 'too_many', 'version_conflict'],
    }),
    async (c) => unkept(c).json(await endpoints.rotate(c.req.param('id'), await jsonBody(c, RotateSecret)), 201),
  )

  return routes
}

function endpointActions(deps: WebhookRoutesDeps): Hono {
  const routes = new Hono()
  const { connection } = deps
  const find = async (c: Context): Promise<StoredEndpoint> => {
    const { id } = await deps.endpoints.get(c.req.param('id') ?? '')
    const endpoint = await endpointsOf(connection).findOne({ _id: id })
    if (!endpoint) throw new DeskbridgeError('not_found')
    return endpoint
  }

  routes.get(
    '/:id/counts',
    describe({
      tag,
      scope,
      summary: 'How much is on its way, and how much failed for good; up to a thousand of each.',
      answers: { 200: EndpointCounts },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => c.json(await countDeliveries(connection, (await find(c))._id)),
  )

  routes.post(
    '/:id/test',
    describe({
      tag,
      scope,
      summary: 'Sends the example of a type once and answers how it went.',
      description: 'Also to an endpoint that is off. Its `webhook-id` begins with `test_`.',
      body: TestEndpoint,
      answers: { 200: WholeDelivery },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      const { type } = await jsonBody(c, TestEndpoint)
      return c.json(await deps.sendSample(await find(c), type))
    },
  )

  routes.post(
    '/:id/recover',
    describe({
      tag,
      scope,
      summary: 'Sends again all that failed of events since a time.',
      body: Recover,
      answers: { 202: Recovered },
      errors: ['forbidden', 'not_found', 'endpoint_off'],
    }),
    async (c) => {
      const { since } = await jsonBody(c, Recover)
      return c.json({ count: await recover(deps, (await find(c))._id, new Date(since)) }, 202)
    },
  )

  routes.post(
    '/:id/replays',
    describe({
      tag,
      scope,
      summary: 'Brings the events of a time: those that it does not have, or all of them `again`.',
      body: StartReplay,
      answers: { 202: ShownReplay },
      errors: ['forbidden', 'not_found', 'endpoint_off', 'too_many'],
    }),
    async (c) => {
      const wanted = await jsonBody(c, StartReplay)
      return c.json(await startReplay(deps, await find(c), wanted), 202)
    },
  )

  routes.get(
    '/:id/replays',
    describe({
      tag,
      scope,
      summary: 'The replays of the last thirty days, the newest first.',
      answers: { 200: ReplayList },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      const { _id: endpoint } = await find(c)
      const found = await replaysOf(connection).find({ endpoint }).sort({ createdAt: -1 }).limit(100).toArray()
      return c.json({ replays: found.map(shownReplay) })
    },
  )

  return routes
}

function deliveryRoutes(deps: WebhookRoutesDeps): Hono {
  const routes = new Hono()

  routes.get(
    '/',
    describe({
      tag,
      scope,
      summary: 'Lists the deliveries of an endpoint, those of the newest events first.',
      query: DeliveryQuery,
      answers: { 200: DeliveryPage },
      errors: ['forbidden'],
    }),
    async (c) => c.json(await findDeliveries(deps.connection, parseInput(DeliveryQuery, c.req.query()))),
  )

  routes.get(
    '/:id',
    describe({
      tag,
      scope,
      summary: 'One delivery with each attempt, and with what would be sent now.',
      answers: { 200: WholeDelivery },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => c.json(await getDelivery(deps, c.req.param('id'))),
  )

  routes.post(
    '/:id/resend',
    describe({
      tag,
      scope,
      summary: 'Sends a delivery again, whatever became of it, under the same `webhook-id`.',
      answers: { 202: ShownDelivery },
      errors: ['forbidden', 'not_found', 'endpoint_off', 'version_conflict'],
    }),
    async (c) => c.json(await resend(deps, c.req.param('id')), 202),
  )

  return routes
}

/** What is shown once is kept nowhere. */
function unkept(c: Context): Context {
  c.header('cache-control', 'no-store')
  return c
}
