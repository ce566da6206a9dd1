import { Hono } from 'hono'
import { z } from 'zod'
import type { Tokens } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { ChangeAgent, CreateAgent } from '../../contract/chat.ts'
import { jsonBody } from '../../platform/http/body.ts'
import type { Agent, Agents } from './agents.ts'

const shown = ({ _id, emailKey: _key, createdAt, ...agent }: Agent) => ({
  id: _id,
  ...agent,
  createdAt: createdAt.toISOString(),
})

/** `/api/admin/agents`. */
export function agentRoutes(deps: { agents: Agents; tokens: Tokens; who: Who }): Hono {
  const routes = new Hono()

  routes.use(async (c, next) => {
    await deps.who.atLeast(c, 'admin')
    await next()
  })

  routes.post('/', async (c) => c.json(shown(await deps.agents.create(await jsonBody(c, CreateAgent))), 201))

  routes.get('/', async (c) => c.json({ agents: (await deps.agents.list()).map(shown) }))

  routes.patch('/:id', async (c) =>
    c.json(shown(await deps.agents.change(c.req.param('id'), await jsonBody(c, ChangeAgent)))),
  )

  routes.post('/:id/token', async (c) => {
    await jsonBody(c, z.strictObject({}))
    const agent = await deps.agents.get(c.req.param('id'))
    const { _id: id, name, role, inboxes } = agent
    return c.json({ token: await deps.tokens.forAgent({ id, name, role, inboxes }) }, 201)
  })

  return routes
}
