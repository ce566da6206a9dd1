import type { Identity } from '../../access/tokens.ts'
import type { SessionId } from '../../contract/ids.ts'
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

/** Said when the last of somebody's connections to a chat is gone; not while nobody knows that, without Redis. */
export async function sayLeft(
  io: ChatServer,
  { kind, id }: Pick<Identity, 'kind' | 'id'>,
  sessionId: SessionId,
): Promise<void> {
  const others = await io
    .in(sessionId)
    .fetchSockets()
    .catch(() => null)
  if (others === null || others.some((other) => other.data.identity?.id === id)) return
  if (kind === 'visitor') io.to(sessionId).emit('user_disconnected', { sessionId, visitorId: id })
  else io.to(sessionId).emit('agent_left', { sessionId, agentId: id })
}
