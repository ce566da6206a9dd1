import { Hono } from 'hono'
import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { PictureId } from '../../contract/ids.ts'
import { describe } from '../../platform/http/describe.ts'
import { harmless } from '../files/harmless.ts'
import { picturesOf } from './stored.ts'

const asBuffer = { promoteBuffers: true }

/** An id is of one picture for good. */
const headers = {
  ...harmless('public, max-age=31536000, immutable'),
  'content-type': 'image/webp',
  'content-disposition': 'inline',
}

/** `/api/chat/pictures`: what `senderPicture` of a message leads to. The id stands in for a token. */
export function pictureRoutes({ connection }: { connection: Connection }): Hono {
  const routes = new Hono()
  routes.get(
    '/:id',
    describe({
      tag: 'files',
      summary: 'The picture of somebody of the team.',
      open: true,
      answers: { 200: 'A WebP picture, 96 pixels square.' },
      errors: ['not_found'],
    }),
    async (c) => {
      const id = PictureId.safeParse(c.req.param('id'))
      const picture = id.success ? await picturesOf(connection).findOne({ _id: id.data }, asBuffer) : null
      if (!picture) throw new DeskbridgeError('not_found')
      return new Response(new Uint8Array(picture.bytes), { headers })
    },
  )
  return routes
}
