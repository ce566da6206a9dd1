import { type Context, Hono } from 'hono'
import { isFor } from '../../access/administrator.ts'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { ChangeInbox, Inbox, InboxList, ShownInbox, VersionedInbox } from '../../contract/inbox.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Inboxes } from './inboxes.ts'
import { showInbox } from './show-inbox.ts'
import type { Sites } from './sites.ts'

const tag = 'inboxes'

/** `/api/chat/inboxes`: what a widget asks before anybody has written. */
export function inboxRoutes(deps: { inboxes: Inboxes; sites: Sites; now(): number }): Hono {
  return new Hono().get(
    '/:key',
    describe({
      tag,
      summary: 'How an inbox looks, what it asks, and whether somebody is there.',
      open: true,
      answers: { 200: ShownInbox },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const inbox = await deps.inboxes.open(c.req.param('key'))
      deps.sites.mustAllow(inbox, c.req.header('origin'))
      c.header('cache-control', 'no-store')
      return c.json(showInbox(inbox, deps.now()))
    },
  )
}

/**
 * `/api/admin/inboxes`. An inbox is switched off and never removed: the logs of its chats name it for ever, and a key
 * that is used again would show old chats to those who may see the new inbox.
 */
export function adminInboxRoutes({ inboxes, who }: { inboxes: Inboxes; who: Who }): Hono {
  const routes = new Hono()

  routes.get(
    '/',
    describe({ tag, summary: 'Lists the inboxes.', answers: { 200: InboxList }, errors: ['forbidden'] }),
    async (c) => {
      const admin = await who.atLeast(c, 'admin')
      return c.json({ inboxes: (await inboxes.list()).filter(({ key }) => isFor(admin, key)) })
    },
  )

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Makes an inbox.',
      body: Inbox,
      answers: { 201: VersionedInbox },
      errors: ['already_exists', 'forbidden'],
    }),
    async (c) => {
      const admin = await who.atLeast(c, 'admin')
      const inbox = await jsonBody(c, Inbox)
      if (!isFor(admin, inbox.key)) throw new DeskbridgeError('forbidden')
      return c.json(await inboxes.create(inbox), 201)
    },
  )

  routes.get(
    '/:key',
    describe({ tag, summary: 'Shows an inbox.', answers: { 200: VersionedInbox }, errors: ['not_found', 'forbidden'] }),
    async (c) => c.json(await inboxes.get(await keyFor(who, c))),
  )

  routes.patch(
    '/:key',
    describe({
      tag,
      summary: 'Changes an inbox, or switches it off.',
      description:
        'A setting that is named takes the place of the one that is there, whole; the others stay. With `version` it is changed only if nobody did since.',
      body: ChangeInbox,
      answers: { 200: VersionedInbox },
      errors: ['not_found', 'forbidden', 'version_conflict'],
    }),
    async (c) => {
      const key = await keyFor(who, c)
      return c.json(await inboxes.change(key, await jsonBody(c, ChangeInbox)))
    },
  )

  return routes
}

async function keyFor(who: Who, c: Context): Promise<string> {
  const admin = await who.atLeast(c, 'admin')
  const key = c.req.param('key') ?? ''
  if (!isFor(admin, key)) throw new DeskbridgeError('not_found')
  return key
}
