import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import {
  ChangeEndpoint,
  CreatedEndpoint,
  CreateEndpoint,
  EndpointList,
  RotateSecret,
  ShownEndpoint,
  TestEndpoint,
  WholeDelivery,
} from '../../contract/webhook.ts'
import type { WebhookType } from '../../contract/webhook-event.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Endpoints } from './endpoints.ts'
import { findEndpoint } from './find.ts'
import type { StoredEndpoint } from './stored.ts'

const tag = 'webhooks'
const scope = 'webhooks'

export interface EndpointRoutesDeps {
  connection: Connection
  endpoints: Endpoints
  sendSample(endpoint: StoredEndpoint, type: WebhookType): Promise<WholeDelivery>
  /** `get` throws `not_found`. */
  inboxes: { get(key: string): Promise<unknown> }
}

/** `/api/admin/webhooks/endpoints` */
export function endpointRoutes(deps: EndpointRoutesDeps): Hono {
  const { endpoints, inboxes } = deps
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
      return c.json(await deps.sendSample(await findEndpoint(deps.connection, c.req.param('id')), type))
    },
  )

  return routes
}

/** What is shown once is kept nowhere. */
function unkept(c: Context): Context {
  c.header('cache-control', 'no-store')
  return c
}
