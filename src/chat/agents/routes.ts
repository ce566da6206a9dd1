import { Hono } from 'hono'
import { z } from 'zod'
import type { Tokens } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { CreateAgent } from '../../contract/chat.ts'
import { jsonBody } from '../../platform/http/body.ts'
import type { Agent, Agents } from './agents.ts'

const shown = ({ _id, name, email }: Agent) => ({ id: _id, name, email })

/** `/api/admin/agents`. */
export function agentRoutes(deps: { agents: Agents; tokens: Tokens; who: Who }): Hono {
  const routes = new Hono()

  routes.use(async (c, next) => {
    deps.who.admin(c)
    await next()
  })

  routes.post('/', async (c) => c.json(shown(await deps.agents.create(await jsonBody(c, CreateAgent))), 201))

  routes.get('/', async (c) => c.json({ agents: (await deps.agents.list()).map(shown) }))

  routes.post('/:id/token', async (c) => {
    await jsonBody(c, z.strictObject({}))
    const agent = await deps.agents.get(c.req.param('id'))
    return c.json({ token: await deps.tokens.forAgent({ id: agent._id, name: agent.name }) }, 201)
  })

  return routes
}
