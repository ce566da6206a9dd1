import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Standing } from '../../access/standing.ts'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { PictureId } from '../../contract/ids.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Agents } from '../agents/agents.ts'
import type { PictureAt } from './picture-at.ts'
import { mostPictureBytes } from './take-in-pictures.ts'

const tag = 'agents'

export interface AgentPictureDeps {
  agents: Agents
  standing: Standing
  who: Who
  keep(bytes: Uint8Array): Promise<PictureId>
  at: PictureAt
}

const withinLimit = bodyLimit({
  maxSize: mostPictureBytes,
  onError() {
    throw new DeskbridgeError('file_too_large', { details: { most: mostPictureBytes } })
  },
})

/** `/api/admin/agents/:id/picture`. Messages that were written before keep the picture that they have. */
export function agentPictureRoutes({ agents, standing, who, keep, at }: AgentPictureDeps): Hono {
  const routes = new Hono()

  routes.use('/:id/picture', async (c, next) => {
    await who.atLeast(c, 'admin')
    await next()
  })

  routes.put(
    '/:id/picture',
    describe({
      tag,
      summary: 'Sets the picture that stands beside what an agent writes from now on.',
      description: 'The body is a JPEG, PNG or GIF of up to 2 MB; its middle is drawn anew as a small square.',
      body: z.file(),
      bodyType: 'image/*',
      answers: { 200: z.object({ picture: z.string() }) },
      errors: ['not_found', 'forbidden', 'file_too_large', 'file_type_not_allowed', 'file_refused', 'unavailable'],
    }),
    withinLimit,
    async (c) => {
      const { _id } = await agents.get(c.req.param('id'))
      const picture = await keep(new Uint8Array(await c.req.arrayBuffer()))
      await agents.setPicture(_id, picture)
      standing.changed(_id)
      return c.json({ picture: at(picture) })
    },
  )

  routes.delete(
    '/:id/picture',
    describe({
      tag,
      summary: 'Takes an agent’s picture away from what they write from now on.',
      answers: { 204: 'Gone.' },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { _id } = await agents.setPicture(c.req.param('id'), null)
      standing.changed(_id)
      return c.body(null, 204)
    },
  )

  return routes
}
