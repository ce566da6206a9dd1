import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Staff, Who } from '../../access/who.ts'
import { ChangeView, NewView, SavedView, SavedViews } from '../../contract/analytics.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Views } from './views.ts'

const tag = 'analytics'

export interface ViewRoutesDeps {
  views: Views
  /** Throws `not_found`, and why there is nothing to send. */
  sendNow(id: string, by: Pick<Staff, 'inboxes'>): Promise<void>
  who: Pick<Who, 'atLeast'>
}

/** `/api/admin/analytics/views` */
export function viewRoutes({ views, sendNow, who }: ViewRoutesDeps): Hono {
  const routes = new Hono()
  const whose = (c: Context) => who.atLeast(c, 'supervisor')

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the saved views whose inboxes may all be seen, by name.',
      answers: { 200: SavedViews },
      errors: ['forbidden'],
    }),
    async (c) => c.json({ views: await views.list(await whose(c)) }),
  )

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Saves a view.',
      description: 'Names are unique without regard to case. A view without inboxes is for whoever sees all of them.',
      body: NewView,
      answers: { 201: SavedView },
      errors: [
        ...['forbidden', 'not_found', 'already_exists', 'too_many'],
        ...['mail_not_configured', 'slack_not_configured'],
      ] as const,
    }),
    async (c) => {
      const by = await whose(c)
      return c.json(await views.create(await jsonBody(c, NewView), by), 201)
    },
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      summary: 'Changes what is named of a view.',
      description: '`version`: the one that was read.',
      body: ChangeView,
      answers: { 200: SavedView },
      errors: [
        ...['forbidden', 'not_found', 'already_exists', 'version_conflict'],
        ...['mail_not_configured', 'slack_not_configured'],
      ] as const,
    }),
    async (c) => {
      const by = await whose(c)
      return c.json(await views.change(c.req.param('id'), await jsonBody(c, ChangeView), by))
    },
  )

  routes.delete(
    '/:id',
    describe({
      tag,
      summary: 'Removes a view, and its digest with it.',
      answers: { 204: 'Removed.' },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      const by = await whose(c)
      await views.remove(c.req.param('id'), by)
      return c.body(null, 204)
    },
  )

  routes.post(
    '/:id/send',
    describe({
      tag,
      summary: 'Sends the digest of a view now, in place of waiting until it is due.',
      description: 'It is on its way when this answers; `lastSent` of the view says what became of it.',
      answers: { 202: z.object({}) },
      errors: ['forbidden', 'not_found', 'no_digest', 'mail_not_configured', 'slack_not_configured'],
    }),
    async (c) => {
      const by = await whose(c)
      await sendNow(c.req.param('id'), by)
      return c.json({}, 202)
    },
  )

  return routes
}
