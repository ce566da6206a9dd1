import { Hono } from 'hono'
import type { Staff, Who } from '../../access/who.ts'
import { BlockedVisitor, BlockPage, BlockQuery, BlockVisitor, CreateBlock, ShownBlock } from '../../contract/abuse.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import { mayRead } from '../sessions/may-read.ts'
import { blockVisitor } from './block-visitor.ts'
import type { Blocks } from './blocks.ts'

const tag = 'abuse'

export interface AbuseDeps extends ChatDeps {
  blocks: Blocks
  inboxes: Inboxes
  who: Who
}

export const abusePart = (deps: AbuseDeps): ChatPart => ({
  mount(app) {
    app.route('/api/admin/blocks', blockRoutes(deps))
    app.route('/api/chat/sessions', blockingInChat(deps))
  },
})

/** `/api/admin/blocks`, for supervisors: those of their inboxes, or of all. */
function blockRoutes(deps: AbuseDeps): Hono {
  const routes = new Hono()

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Blocks a visitor, an address or a range of them, or an email address or its domain.',
      description: 'Blocking the same target again puts the new reason and end in the place of the old ones.',
      body: CreateBlock,
      answers: { 201: ShownBlock },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const staff = await deps.who.atLeast(c, 'supervisor')
      const block = await jsonBody(c, CreateBlock)
      await mayBlockIn(deps, staff, block.inbox)
      return c.json(await deps.blocks.put(block, staff), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the blocks, newest first.',
      query: BlockQuery,
      answers: { 200: BlockPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      const staff = await deps.who.atLeast(c, 'supervisor')
      return c.json(await deps.blocks.page(parseInput(BlockQuery, c.req.query()), staff.inboxes))
    },
  )

  routes.delete(
    '/:id',
    describe({
      tag,
      summary: 'Lifts a block.',
      answers: { 204: 'It is lifted.' },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const staff = await deps.who.atLeast(c, 'supervisor')
      await deps.blocks.remove(c.req.param('id'), staff.inboxes)
      return c.body(null, 204)
    },
  )

  return routes
}

function blockingInChat(deps: AbuseDeps): Hono {
  const routes = new Hono()
  routes.post(
    '/:id/block',
    describe({
      tag,
      summary: 'Blocks the visitor of a chat and closes it, for agents.',
      body: BlockVisitor,
      answers: { 201: BlockedVisitor },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { summary, identity } = await mayRead(deps, c)
      const body = await jsonBody(c, BlockVisitor)
      if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
      return c.json({ blocks: await blockVisitor(deps, summary, body, identity) }, 201)
    },
  )
  return routes
}

/** In all inboxes only those may block who see all of them. */
async function mayBlockIn({ inboxes }: Pick<AbuseDeps, 'inboxes'>, staff: Staff, inbox: string | null): Promise<void> {
  const own = staff.inboxes
  if (inbox === null && own.length > 0) throw new DeskbridgeError('forbidden')
  if (inbox === null) return
  if (own.length > 0 && !own.includes(inbox)) throw new DeskbridgeError('not_found')
  await inboxes.get(inbox)
}
