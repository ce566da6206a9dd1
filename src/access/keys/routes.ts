import { Hono } from 'hono'
import { ChangeKey, CreatedKey, CreateKey, KeyList, KeyQuery, ShownKey } from '../../contract/key.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import { administratorOfAll, doneBy } from '../administrator.ts'
import type { Who } from '../who.ts'
import type { Keys } from './keys.ts'

const tag = 'keys'

interface KeyRoutesDeps {
  keys: Keys
  who: Who
  /** `get` throws `not_found`. */
  inboxes: { get(key: string): Promise<unknown> }
}

/** `/api/admin/keys`. A key may be for any inbox, so that an administrator of some inboxes makes none. */
export function keyRoutes({ keys, who, inboxes }: KeyRoutesDeps): Hono {
  const routes = new Hono()
  const mustExist = async (named: readonly string[] = []) => {
    for (const key of named) await inboxes.get(key)
  }

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Makes a key for another system; it is shown this once.',
      description: 'What scopes open, and how a key is kept: docs/keys.md.',
      body: CreateKey,
      examples: { 'of a shop': { name: 'Shop', scopes: ['chats:write', 'messages:write'], inboxes: ['shop'] } },
      answers: { 201: CreatedKey },
      errors: ['forbidden', 'not_found', 'too_many'],
    }),
    async (c) => {
      const by = await administratorOfAll(who, c)
      const wanted = await jsonBody(c, CreateKey)
      await mustExist(wanted.inboxes)
      c.header('cache-control', 'no-store')
      return c.json(await keys.create(wanted, doneBy(by)), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the keys, those lately revoked as well, without what they are.',
      query: KeyQuery,
      answers: { 200: KeyList },
      errors: ['forbidden'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      return c.json({ keys: await keys.list(parseInput(KeyQuery, c.req.query()).prefix) })
    },
  )

  routes.get(
    '/:id',
    describe({ tag, summary: 'One key.', answers: { 200: ShownKey }, errors: ['forbidden', 'not_found'] }),
    async (c) => {
      await administratorOfAll(who, c)
      return c.json(await keys.get(c.req.param('id')))
    },
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      summary: 'Changes what is named of a key; what it may do follows within two seconds.',
      body: ChangeKey,
      answers: { 200: ShownKey },
      errors: ['forbidden', 'not_found', 'version_conflict'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const change = await jsonBody(c, ChangeKey)
      await mustExist(change.inboxes)
      return c.json(await keys.change(c.req.param('id'), change))
    },
  )

  routes.delete(
    '/:id',
    describe({
      tag,
      summary: 'Revokes a key for good; it opens nothing after two seconds.',
      answers: { 204: 'Revoked.' },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      await keys.revoke(c.req.param('id'))
      return c.body(null, 204)
    },
  )

  return routes
}
