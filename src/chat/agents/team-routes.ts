import { Hono } from 'hono'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { AgentQuery, SetStatus, TeamMember } from '../../contract/agent.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Agents } from './agents.ts'
import { showMember } from './show-agent.ts'
import type { Statuses } from './statuses.ts'
import { mayKnowOf } from './team.ts'

const tag = 'agents'

/** `/api/chat/agents`: what agents see of each other and say of themselves. */
export function teamRoutes(deps: { agents: Agents; statuses: Statuses; who: Who }): Hono {
  const routes = new Hono()

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Lists the active agents who share an inbox with the one who asks; all of them to a supervisor.',
      query: AgentQuery,
      answers: { 200: z.object({ agents: z.array(TeamMember) }) },
      errors: ['forbidden'],
    }),
    async (c) => {
      const who = await deps.who.atLeast(c, 'agent')
      const agents = await deps.agents.list(parseInput(AgentQuery, c.req.query()))
      const known = agents.filter((agent) => !agent.deactivatedAt && mayKnowOf(who, agent))
      return c.json({ agents: known.map(showMember) })
    },
  )

  routes.put(
    '/me/status',
    describe({
      tag,
      summary: 'Chooses one’s own status.',
      description:
        '`online` lets the service find out whether it is away or offline; any other is kept until another is chosen.',
      body: SetStatus,
      answers: { 200: SetStatus },
      errors: ['forbidden'],
    }),
    async (c) => {
      const who = await deps.who.atLeast(c, 'agent')
      const { status } = await jsonBody(c, SetStatus)
      if (who.kind !== 'agent') throw new DeskbridgeError('forbidden')
      await deps.statuses.choose(who.id, status)
      return c.json({ status })
    },
  )

  return routes
}
