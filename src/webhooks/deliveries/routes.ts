import { Hono } from 'hono'
import type { Connection } from 'mongoose'
import { parseInput } from '../../contract/parse.ts'
import {
  DeliveryPage,
  DeliveryQuery,
  EndpointCounts,
  Recover,
  Recovered,
  ShownDelivery,
  WholeDelivery,
} from '../../contract/webhook.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Doorbell } from '../doorbell.ts'
import { findEndpoint } from '../endpoints/find.ts'
import { recover, resend } from './again.ts'
import type { Bodies } from './body.ts'
import { countDeliveries, findDeliveries, getDelivery } from './find.ts'

const tag = 'webhooks'
const scope = 'webhooks'

export interface DeliveryRoutesDeps {
  connection: Connection
  bodies: Pick<Bodies, 'payloadOf'>
  doorbell: Doorbell
  now(): number
}

/** `/api/admin/webhooks/deliveries` */
export function deliveryRoutes(deps: DeliveryRoutesDeps): Hono {
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

/** Below `/api/admin/webhooks/endpoints`: what an endpoint's deliveries are together. */
export function deliveriesOfEndpointRoutes(deps: DeliveryRoutesDeps): Hono {
  const routes = new Hono()

  routes.get(
    '/:id/counts',
    describe({
      tag,
      scope,
      summary: 'How much is on its way, and how much failed for good; up to a thousand of each.',
      answers: { 200: EndpointCounts },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) =>
      c.json(await countDeliveries(deps.connection, (await findEndpoint(deps.connection, c.req.param('id')))._id)),
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
      return c.json(
        { count: await recover(deps, (await findEndpoint(deps.connection, c.req.param('id')))._id, new Date(since)) },
        202,
      )
    },
  )

  return routes
}
