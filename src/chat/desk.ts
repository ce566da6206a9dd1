import type { Connection } from 'mongoose'
import type { Standing } from '../access/standing.ts'
import type { AgentIdentity } from '../access/tokens.ts'
import type { Desk, Receivers } from '../bridge/conversation.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { AgentId, SessionId } from '../contract/ids.ts'
import type { RateLimit } from '../platform/rate-limit.ts'
import type { Agents } from './agents/agents.ts'
import type { Statuses } from './agents/statuses.ts'
import { mayKnowOf } from './agents/team.ts'
import { releaseChat } from './assignment/release-chat.ts'
import { reopenChat } from './assignment/reopen-chat.ts'
import { type HandDeps, takeChat } from './assignment/take-chat.ts'
import { transferChat } from './assignment/transfer-chat.ts'
import { findCanned } from './canned/find-canned.ts'
import { renderCanned } from './canned/render-canned.ts'
import { responsesOf } from './canned/stored.ts'
import type { ChatDeps } from './chat.ts'
import type { Inboxes } from './inboxes/inboxes.ts'
import { sayWithFiles } from './messages/say-with-files.ts'
import type { TypingAgents } from './presence/typing.ts'
import { callerOf, mayOpen } from './realtime/identity.ts'
import { closeSession } from './sessions/close-session.ts'
import { openSession } from './sessions/open-session.ts'
import type { SessionSummary } from './sessions/summary.ts'
import { requestTicket } from './ticket/request-ticket.ts'

interface DeskDeps extends Pick<ChatDeps, 'log' | 'limits' | 'files' | 'now'>, HandDeps {
  connection: Connection
  standing: Pick<Standing, 'of'>
  agents: Agents
  statuses: Pick<Statuses, 'choose' | 'stirred'>
  inboxes: Inboxes
  messageRate: RateLimit
  typingAgents: TypingAgents
  /** Whether chats can become tickets. */
  hasTickets: boolean
}

const mostFound = 100

/** What agents do from elsewhere, by the use cases that routes and sockets call. */
export function createDesk(deps: DeskDeps): Desk {
  const responses = responsesOf(deps.connection)
  const agentOf = async (by: AgentId): Promise<AgentIdentity> => {
    const agent = await deps.standing.of(by)
    void deps.statuses.stirred(by)
    return agent
  }
  const inChat = async (by: AgentId, session: SessionId): Promise<{ agent: AgentIdentity; state: SessionSummary }> => {
    const agent = await agentOf(by)
    const state = await openSession(deps, session)
    mayOpen(agent, state)
    return { agent, state }
  }

  return {
    async agentWith(email) {
      const agent = await deps.agents.withEmail(email)
      return agent && !agent.deactivatedAt ? agent._id : null
    },
    async mayAct(by, session) {
      await inChat(by, session)
    },
    async take(by, session) {
      await takeChat(deps, session, (await inChat(by, session)).agent)
    },
    async release(by, session) {
      await releaseChat(deps, session, (await inChat(by, session)).agent)
    },
    async transfer(by, session, to) {
      await transferChat(deps, session, to, (await inChat(by, session)).agent)
    },
    async close(by, session) {
      await closeSession(deps, session, callerOf((await inChat(by, session)).agent))
    },
    async reopen(by, session) {
      await reopenChat(deps, session, (await inChat(by, session)).agent)
    },
    async requestTicket(by, session) {
      const { agent } = await inChat(by, session)
      if (!deps.hasTickets) throw new DeskbridgeError('zendesk_not_configured')
      await requestTicket(deps, session, callerOf(agent))
    },
    async say(by, session, { text, files = [], ...said }) {
      const { agent } = await inChat(by, session)
      await deps.messageRate.take(agent.id)
      await sayWithFiles(deps, { session, actor: callerOf(agent), content: text, ...said }, files)
    },
    async saidUnder(by, session, key) {
      await inChat(by, session)
      const found = await deps.log.find(session, key)
      if (found?.type !== 'message') return 'nothing'
      return found.body.internal ? 'to the team' : 'to the customer'
    },
    async findCanned(by, session, words) {
      const { inbox } = (await inChat(by, session)).state
      const q = words.trim().slice(0, mostWords)
      const query = { ...(q !== '' && { q }), inbox, isActive: true, limit: mostFound }
      const found = await findCanned(responses, query, [inbox])
      return found.responses.map(({ id, name }) => ({ id, name }))
    },
    async renderCanned(by, session, id) {
      return renderCanned({ ...deps, responses }, id, (await inChat(by, session)).state, by)
    },
    async receivers(by, session) {
      const { agent, state } = await inChat(by, session)
      return receiversOf(deps, agent, state)
    },
    async setStatus(by, status) {
      await deps.statuses.choose((await agentOf(by)).id, status)
    },
    async chatsOf(by) {
      const { id } = await agentOf(by)
      const sessions = (await deps.places.member(id))?.reserved.map(({ session }) => session) ?? []
      const states = await Promise.all(sessions.map((session) => deps.log.state(session)))
      return states
        .filter((state) => state !== undefined)
        .filter(({ assignee, status }) => assignee?.id === id && status !== 'closed')
        .map((state) => ({ session: state.id, visitor: state.visitor.name ?? null }))
    },
    async typing(session) {
      const ids = await deps.typingAgents.in(session)
      const found = await Promise.all(ids.map((id) => deps.agents.find(id)))
      return found.flatMap((agent) => (agent ? [{ id: agent._id, name: agent.name }] : []))
    },
  }
}

const mostWords = 200

/** Colleagues whom the agent knows of and who see the chat's inbox, and their teams. */
async function receiversOf(
  { agents }: Pick<DeskDeps, 'agents'>,
  by: AgentIdentity,
  { inbox }: SessionSummary,
): Promise<Receivers> {
  const there = (await agents.list()).filter(
    (agent) =>
      !agent.deactivatedAt && mayKnowOf(by, agent) && (agent.inboxes.length === 0 || agent.inboxes.includes(inbox)),
  )
  return {
    agents: there.map(({ _id: id, name, status }) => ({ id, name, status })),
    teams: [...new Set(there.flatMap(({ teams }) => teams))].sort(),
  }
}
