import type { Identity } from '../../access/tokens.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import type { Presence } from '../presence/presence.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { ChatServer, ChatSocket } from './socket.ts'

/** Says to the others that the visitor is there, and to an agent whether they are, as far as anybody knows. */
export async function sayWhoIsHere(
  { presence }: { presence: Pick<Presence, 'whereabouts'> },
  socket: ChatSocket,
  { id: sessionId, visitor }: Pick<SessionSummary, 'id' | 'visitor'>,
): Promise<void> {
  const who = { sessionId, visitorId: visitor.id }
  if (socket.data.identity.kind === 'visitor') {
    socket.to(sessionId).emit('user_connected', who)
    return
  }
  const [where] = await presence.whereabouts([`visitor:${sessionId}`])
  if (where?.kind === 'here') socket.emit('user_connected', who)
  if (where?.kind === 'gone') socket.emit('user_disconnected', who)
}

interface Deps {
  io: ChatServer
  log: Pick<Log<SessionSummary>, 'state'>
}

/** Tells the agents who look at a chat of each other, so that not two answer at once. Says nothing while nobody knows. */
export async function sayWhichAgents({ io, log }: Deps, sessionId: SessionId): Promise<void> {
  const there = await io
    .in(sessionId)
    .fetchSockets()
    .catch(() => [])
  const chat = await log.state(sessionId).catch(() => null)
  const agents = there.flatMap(({ id, data: { identity } }) =>
    identity?.kind === 'agent' ? [{ socket: id, identity }] : [],
  )
  const named = agents
    .map(({ identity }) => identity)
    .filter(({ id, role }) => role === 'agent' || chat?.agents.some((one) => one.id === id))
  const unique = new Map(named.map(({ id, name }) => [id, { id, name }]))
  if (agents.length > 0)
    io.to(agents.map(({ socket }) => socket)).emit('agents_here', { sessionId, agents: [...unique.values()] })
}

/**
 * Said when the last of somebody's connections to a chat is gone; not while nobody knows that, without Redis. An agent who
 * has only read along is told of to nobody.
 */
export async function sayLeft(
  { io, log }: Deps,
  { kind, id }: Pick<Identity, 'kind' | 'id'>,
  sessionId: SessionId,
): Promise<void> {
  const others = await io
    .in(sessionId)
    .fetchSockets()
    .catch(() => null)
  if (others === null || others.some((other) => other.data.identity?.id === id)) return
  if (kind === 'visitor') return void io.to(sessionId).emit('user_disconnected', { sessionId, visitorId: id })
  const chat = await log.state(sessionId).catch(() => null)
  if (chat?.agents.some((agent) => agent.id === id)) io.to(sessionId).emit('agent_left', { sessionId, agentId: id })
}
