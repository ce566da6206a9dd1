import { Hono } from 'hono'
import { z } from 'zod'
import type { SignIn } from '../../access/sign-in/sign-in.ts'
import type { Standing } from '../../access/standing.ts'
import type { Tokens } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { AgentQuery, AgentToken, ChangeAgent, Invitation, NewAgent, ShownAgent } from '../../contract/agent.ts'
import { parseInput } from '../../contract/parse.ts'
import { SetPasswordBody } from '../../contract/sign-in.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import { activateAgent, activeAgent, deactivateAgent } from './activate-agent.ts'
import type { Agents } from './agents.ts'
import { showAgent } from './show-agent.ts'
import type { Statuses } from './statuses.ts'

const tag = 'agents'
const Nothing = z.strictObject({})

export interface AgentRoutesDeps {
  agents: Agents
  signIn: SignIn
  standing: Standing
  statuses: Statuses
  tokens: Tokens
  who: Who
}

/** `/api/admin/agents`. */
export function agentRoutes(deps: AgentRoutesDeps): Hono {
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
      body: NewAgent,
      answers: { 201: ShownAgent },
      errors: ['already_exists', 'forbidden'],
    }),
    async (c) => {
      const { password, ...wanted } = await jsonBody(c, NewAgent)
      const agent = await deps.agents.create(wanted)
      if (password !== undefined) await deps.signIn.setPassword(agent._id, password)
      return c.json(showAgent(agent), 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the agents.',
      query: AgentQuery,
      answers: { 200: z.object({ agents: z.array(ShownAgent) }) },
      errors: ['forbidden'],
    }),
    async (c) => {
      const agents = await deps.agents.list(parseInput(AgentQuery, c.req.query()))
      return c.json({ agents: agents.map(showAgent) })
    },
  )

  routes.patch(
    '/:id',
    describe({
      tag,
      summary: 'Changes what is named of an agent; their rights follow within two seconds.',
      body: ChangeAgent,
      answers: { 200: ShownAgent },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const agent = await deps.agents.change(c.req.param('id'), await jsonBody(c, ChangeAgent))
      deps.standing.changed(agent._id)
      return c.json(showAgent(agent))
    },
  )

  routes.post(
    '/:id/token',
    describe({
      tag,
      summary: 'A token for an agent’s socket and requests.',
      answers: { 201: AgentToken },
      errors: ['not_found', 'forbidden', 'agent_inactive'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      const { _id: id, name, role, inboxes } = await activeAgent(deps, c.req.param('id'))
      return c.json({ token: await deps.tokens.forAgent({ id, name, role, inboxes }) }, 201)
    },
  )

  accountRoutes(routes, deps)
  return routes
}

/** Whether and how an agent can sign in. */
function accountRoutes(routes: Hono, deps: AgentRoutesDeps): void {
  routes.post(
    '/:id/deactivate',
    describe({
      tag,
      summary: 'Signs an agent out everywhere and lets them in no more; their name stays in the chats.',
      answers: { 200: ShownAgent },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      return c.json(showAgent(await deactivateAgent(deps, c.req.param('id'))))
    },
  )

  routes.post(
    '/:id/reactivate',
    describe({
      tag,
      summary: 'Lets an agent in again.',
      answers: { 200: ShownAgent },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      return c.json(showAgent(await activateAgent(deps, c.req.param('id'))))
    },
  )

  routes.put(
    '/:id/password',
    describe({
      tag,
      summary: 'Sets an agent’s password and ends their sessions.',
      body: SetPasswordBody,
      answers: { 204: 'Set.' },
      errors: ['not_found', 'forbidden', 'agent_inactive'],
    }),
    async (c) => {
      const { password } = await jsonBody(c, SetPasswordBody)
      await deps.signIn.setPassword((await activeAgent(deps, c.req.param('id')))._id, password)
      return c.body(null, 204)
    },
  )

  routes.post(
    '/:id/invitation',
    describe({
      tag,
      summary: 'A token with which an agent sets their password, once, within seven days.',
      answers: { 201: Invitation },
      errors: ['not_found', 'forbidden', 'agent_inactive'],
    }),
    async (c) => {
      await jsonBody(c, Nothing)
      return c.json(await deps.signIn.invite((await activeAgent(deps, c.req.param('id')))._id), 201)
    },
  )

  routes.delete(
    '/:id/sessions',
    describe({
      tag,
      summary: 'Signs an agent out of every browser.',
      answers: { 204: 'Ended.' },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      await deps.signIn.endAll((await deps.agents.get(c.req.param('id')))._id)
      return c.body(null, 204)
    },
  )
}
