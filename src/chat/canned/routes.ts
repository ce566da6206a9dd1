import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import {
  AdminCannedQuery,
  CannedPage,
  CannedQuery,
  ChangeCanned,
  CreateCanned,
  DeleteCanned,
  RenderCanned,
  RenderedCanned,
  ShownCanned,
} from '../../contract/canned.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { SessionId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Agents } from '../agents/agents.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import { mayOpen } from '../realtime/identity.ts'
import { openSession } from '../sessions/open-session.ts'
import { changeCanned, deleteCanned } from './change-canned.ts'
import { createShortcuts } from './claim-shortcut.ts'
import { createCanned } from './create-canned.ts'
import { findCanned, getCanned } from './find-canned.ts'
import { renderCanned } from './render-canned.ts'
import { cannedIdOf, responsesOf, shown } from './stored.ts'

const tag = 'canned responses'

interface CannedDeps extends ChatDeps {
  connection: Connection
  who: Who
  inboxes: Inboxes
  agents: Agents
}

/** Texts that are kept ready: supervisors write them, agents put them into a chat. */
export const cannedPart = (deps: CannedDeps): ChatPart => ({
  mount(app) {
    app.route('/api/chat/canned', agentRoutes(deps))
    app.route('/api/admin/canned', writerRoutes(deps))
  },
})

function agentRoutes(deps: CannedDeps): Hono {
  const routes = new Hono()
  const responses = responsesOf(deps.connection)

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Finds responses that can be used, by name.',
      query: CannedQuery,
      answers: { 200: CannedPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      const staff = await deps.who.atLeast(c, 'agent')
      const query = { ...parseInput(CannedQuery, c.req.query()), isActive: true }
      return c.json(await findCanned(responses, query, staff.inboxes))
    },
  )

  routes.post(
    '/:id/render',
    describe({
      tag,
      summary: 'The text of a response with what a chat puts in for its variables. Nothing is sent.',
      body: RenderCanned,
      answers: { 200: RenderedCanned },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const identity = await deps.who.identity(c)
      if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
      const { sessionId } = await jsonBody(c, RenderCanned)
      const id = SessionId.safeParse(sessionId)
      if (!id.success) throw new DeskbridgeError('not_found')
      const session = await openSession(deps, id.data)
      mayOpen(identity, session)
      const text = await renderCanned({ ...deps, responses }, cannedIdOf(c.req.param('id')), session, identity.id)
      return c.json({ text })
    },
  )

  return routes
}

function writerRoutes(deps: CannedDeps): Hono {
  const routes = new Hono()
  const responses = responsesOf(deps.connection)
  const write = { ...deps, responses, shortcuts: createShortcuts({ ...deps, responses }) }
  const writer = (c: Context) => deps.who.atLeast(c, 'supervisor')

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Makes a response.',
      description: 'Variables: docs/canned-responses.md. One that is not known is refused with its position.',
      body: CreateCanned,
      answers: { 201: ShownCanned },
      errors: ['forbidden', 'not_found', 'already_exists', 'too_many'],
    }),
    async (c) => {
      const by = await writer(c)
      return c.json(shown(await createCanned(write, await jsonBody(c, CreateCanned), by)), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Finds responses, those that are switched off as well.',
      query: AdminCannedQuery,
      answers: { 200: CannedPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      const by = await writer(c)
      return c.json(await findCanned(write.responses, parseInput(AdminCannedQuery, c.req.query()), by.inboxes))
    },
  )

  routes.get(
    '/:id',
    describe({ tag, summary: 'One response.', answers: { 200: ShownCanned }, errors: ['forbidden', 'not_found'] }),
    async (c) => {
      const by = await writer(c)
      return c.json(shown(await getCanned(write.responses, cannedIdOf(c.req.param('id')), by.inboxes)))
    },
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      summary: 'Changes the version of a response that was read.',
      body: ChangeCanned,
      answers: { 200: ShownCanned },
      errors: ['forbidden', 'not_found', 'already_exists', 'too_many', 'version_conflict'],
    }),
    async (c) => {
      const by = await writer(c)
      const id = cannedIdOf(c.req.param('id'))
      return c.json(shown(await changeCanned(write, id, await jsonBody(c, ChangeCanned), by)))
    },
  )

  routes.delete(
    '/:id',
    describe({
      tag,
      summary: 'Deletes the version of a response that was read.',
      query: DeleteCanned,
      answers: { 200: z.object({}) },
      errors: ['forbidden', 'not_found', 'version_conflict'],
    }),
    async (c) => {
      const by = await writer(c)
      const { version } = parseInput(DeleteCanned, c.req.query())
      await deleteCanned(write, cannedIdOf(c.req.param('id')), version, by)
      return c.json({})
    },
  )

  return routes
}
