import { Hono } from 'hono'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { CreatedIdentityKey, CreateIdentityKey, IdentityKeys as ShownKeys } from '../../contract/identity.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import { mountVisitors, type VisitorDeps } from '../visitors/routes.ts'
import type { IdentityKeys } from './identity-keys.ts'

const tag = 'identity'
/** A changed secret of ours has sealed all anew soon after, so that the one before can go. */
const resealEveryMs = 600_000

interface KeyDeps {
  keys: IdentityKeys
  inboxes: Pick<Inboxes, 'get'>
  who: Who
}

/** Who visitors are: what they say of themselves, and keys with which the sites' own backends vouch for it. */
export const identityPart = (deps: KeyDeps & VisitorDeps): ChatPart => ({
  mount(app) {
    app.route('/api/admin/inboxes/:key/identity-keys', keyRoutes(deps))
    mountVisitors(app, deps)
  },
  sweeps: [{ name: 'reseal', everyMs: resealEveryMs, run: deps.keys.reseal }],
})

function keyRoutes(deps: KeyDeps): Hono {
  const routes = new Hono()

  routes.use(async (c, next) => {
    await deps.who.atLeast(c, 'admin')
    await next()
  })

  const inboxOf = async (key: string | undefined) => (await deps.inboxes.get(key)).key

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Makes a key for identity tokens; a secret is shown this once.',
      description: 'Several count at once, so that they can be changed one after the other. How: docs/identity.md.',
      body: CreateIdentityKey,
      answers: { 201: CreatedIdentityKey },
      errors: ['forbidden', 'not_found', 'already_exists', 'too_many'],
    }),
    async (c) => {
      const inbox = await inboxOf(c.req.param('key'))
      return c.json(await deps.keys.create(inbox, await jsonBody(c, CreateIdentityKey)), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the keys, without secrets.',
      answers: { 200: ShownKeys },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => c.json({ keys: await deps.keys.list(await inboxOf(c.req.param('key'))) }),
  )

  routes.delete(
    '/:kid',
    describe({
      tag,
      summary: 'Takes a key back: what it has signed counts no longer.',
      answers: { 200: z.object({}) },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      await deps.keys.revoke(await inboxOf(c.req.param('key')), c.req.param('kid'))
      return c.json({})
    },
  )

  return routes
}
