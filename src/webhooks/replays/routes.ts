import { Hono } from 'hono'
import { ReplayList, ShownReplay, StartReplay } from '../../contract/webhook.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import { findEndpoint } from '../endpoints/find.ts'
import { type ReplayDeps, startReplay } from './replay.ts'
import { replaysOf, shown } from './stored.ts'

const tag = 'webhooks'
const scope = 'webhooks'

/** Below `/api/admin/webhooks/endpoints`. */
export function replayRoutes(deps: ReplayDeps): Hono {
  const routes = new Hono()

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
      return c.json(await startReplay(deps, await findEndpoint(deps.connection, c.req.param('id')), wanted), 202)
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
      const { _id: endpoint } = await findEndpoint(deps.connection, c.req.param('id'))
      const found = await replaysOf(deps.connection).find({ endpoint }).sort({ createdAt: -1 }).limit(100).toArray()
      return c.json({ replays: found.map(shown) })
    },
  )

  return routes
}
