import { type Context, Hono } from 'hono'
import { DeskbridgeError } from '../../contract/errors.ts'
import { ChangeKey, CreatedKey, CreateKey, KeyList, KeyQuery, ShownKey } from '../../contract/key.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Staff, Who } from '../who.ts'
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
  const admin = async (c: Context): Promise<Staff> => {
    const staff = await who.atLeast(c, 'admin')
    if (staff.inboxes.length > 0) throw new DeskbridgeError('forbidden')
    return staff
  }
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
      const by = await admin(c)
      const wanted = await jsonBody(c, CreateKey)
      await mustExist(wanted.inboxes)
      c.header('cache-control', 'no-store')
      return c.json(await keys.create(wanted, makerOf(by)), 201)
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
      await admin(c)
      return c.json({ keys: await keys.list(parseInput(KeyQuery, c.req.query()).prefix) })
    },
  )

  routes.get(
    '/:id',
    describe({ tag, summary: 'One key.', answers: { 200: ShownKey }, errors: ['forbidden', 'not_found'] }),
    async (c) => {
      await admin(c)
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
      await admin(c)
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
      await admin(c)
      await keys.revoke(c.req.param('id'))
      return c.body(null, 204)
    },
  )

  return routes
}

const makerOf = (staff: Staff): ShownKey['createdBy'] => ({
  kind: staff.kind,
  id: staff.id,
  name: staff.kind === 'agent' ? staff.name : null,
})
