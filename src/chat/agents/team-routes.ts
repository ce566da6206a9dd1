import { Hono } from 'hono'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { AgentQuery, SetStatus, SetTakes, TeamMember } from '../../contract/agent.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Streams } from '../realtime/stream.ts'
import type { Agents } from './agents.ts'
import { showMember } from './show-agent.ts'
import type { Statuses } from './statuses.ts'
import { mayKnowOf } from './team.ts'

const tag = 'agents'

export interface TeamRoutesDeps {
  agents: Agents
  statuses: Statuses
  who: Who
  streams: Pick<Streams, 'openTeam'>
  /** Somebody may have room for a chat that waits. */
  assignment: { serve(): void }
}

/** `/api/chat/agents`: what agents see of each other and say of themselves. */
export function teamRoutes(deps: TeamRoutesDeps): Hono {
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

  routes.put(
    '/me/capacity',
    describe({
      tag,
      summary: 'Chooses how many chats one takes at once.',
      description:
        'No more than the capacity that an administrator set. Chats that are there already stay. Another capacity, set by an administrator, ends the choice.',
      body: SetTakes,
      answers: { 200: TeamMember },
      errors: ['forbidden'],
    }),
    async (c) => {
      const who = await deps.who.atLeast(c, 'agent')
      const { takes } = await jsonBody(c, SetTakes)
      if (who.kind !== 'agent') throw new DeskbridgeError('forbidden')
      const agent = await deps.agents.setTakes(who.id, takes)
      deps.assignment.serve()
      return c.json(showMember(agent))
    },
  )

  routes.get(
    '/me/stream',
    describe({
      tag,
      summary: 'What agents are told outside of a chat, as server-sent events.',
      description:
        '`chats_changed` and `agent_status`, for who cannot have a WebSocket; it begins with `ready`. While it is open, the agent is connected. What was missed is to be read again.',
      answers: { 200: 'A stream of what a socket is told.' },
      errors: ['forbidden', 'server_full'],
    }),
    async (c) => {
      const who = await deps.who.atLeast(c, 'agent')
      if (who.kind !== 'agent') throw new DeskbridgeError('forbidden')
      return deps.streams.openTeam(c, who)
    },
  )

  return routes
}
