import { Hono } from 'hono'
import { z } from 'zod'
import type { Tokens } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { AgentToken, ChangeAgent, CreateAgent, ShownAgent } from '../../contract/chat.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Agent, Agents } from './agents.ts'

const shown = ({ _id, emailKey: _key, createdAt, statusSince: _since, reserved, ...agent }: Agent) => ({
  id: _id,
  ...agent,
  chats: reserved.length,
  createdAt: createdAt.toISOString(),
})

const tag = 'agents'

/** `/api/admin/agents`. */
export function agentRoutes(deps: { agents: Agents; tokens: Tokens; who: Who }): Hono {
  const routes = new Hono()

  routes.use(async (c, next) => {
    await deps.who.atLeast(c, 'admin')
    await next()
  })

  routes.post(
    '/',
    describe({
      tag,
      summary: 'Makes an agent.',
      body: CreateAgent,
      answers: { 201: ShownAgent },
      errors: ['already_exists', 'forbidden'],
    }),
    async (c) => c.json(shown(await deps.agents.create(await jsonBody(c, CreateAgent))), 201),
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the agents.',
      answers: { 200: z.object({ agents: z.array(ShownAgent) }) },
      errors: ['forbidden'],
    }),
    async (c) => c.json({ agents: (await deps.agents.list()).map(shown) }),
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      summary: 'Changes an agent.',
      body: ChangeAgent,
      answers: { 200: ShownAgent },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => c.json(shown(await deps.agents.change(c.req.param('id'), await jsonBody(c, ChangeAgent)))),
  )

  routes.post(
    '/:id/token',
    describe({
      tag,
      summary: 'A token for an agent’s socket and requests.',
      answers: { 201: AgentToken },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      await jsonBody(c, z.strictObject({}))
      const agent = await deps.agents.get(c.req.param('id'))
      const { _id: id, name, role, inboxes } = agent
      return c.json({ token: await deps.tokens.forAgent({ id, name, role, inboxes }) }, 201)
    },
  )

  return routes
}
