import type { z } from 'zod'
import type { SetStatus } from '../../contract/agent.ts'
import type { DeleteMessage, EditMessage, RateChat, SendMessage } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { CloseChat, JoinChat, MessageRead, Typing } from '../../contract/socket.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { mayEnter, suspectIn } from '../abuse/may-enter.ts'
import type { VisitorRate } from '../abuse/visitor-rate.ts'
import { joinAgent } from '../agents/join-agent.ts'
import { leaveAgent } from '../agents/leave-agent.ts'
import type { Statuses } from '../agents/statuses.ts'
import type { Places } from '../assignment/places.ts'
import { markDelivered, markRead } from '../messages/mark-read.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { pageHistory } from '../messages/page-history.ts'
import { deleteMessage, editMessage } from '../messages/revise-message.ts'
import { sendMessage } from '../messages/send-message.ts'
import type { Presence } from '../presence/presence.ts'
import type { TypingAgents } from '../presence/typing.ts'
import { closeSession } from '../sessions/close-session.ts'
import { openSession } from '../sessions/open-session.ts'
import { rateSession } from '../sessions/rate-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { emitFrame } from './emit-frame.ts'
import { createHandActions, type HandActions } from './hand-actions.ts'
import { callerOf, losesAccess, mayOpen, readerOf } from './identity.ts'
import { frameFor, sessionInfo } from './project-for.ts'
import type { Rooms } from './rooms.ts'
import { sayLeft, sayWhichAgents, sayWhoIsHere } from './say-presence.ts'
import type { ChatServer, ChatSocket } from './socket.ts'
import { createVisitorActions, type VisitorActionDeps, type VisitorActions } from './visitor-actions.ts'

export interface Actions extends VisitorActions, HandActions {
  join(socket: ChatSocket, input: JoinChat): Promise<object>
  agentJoin(socket: ChatSocket, input: JoinChat): Promise<object>
  send(socket: ChatSocket, input: SendMessage): Promise<object>
  typing(socket: ChatSocket, input: z.infer<typeof Typing>): Promise<object>
  edit(socket: ChatSocket, input: EditMessage): Promise<object>
  remove(socket: ChatSocket, input: DeleteMessage): Promise<object>
  read(socket: ChatSocket, input: z.infer<typeof MessageRead>): Promise<object>
  delivered(socket: ChatSocket, input: z.infer<typeof MessageRead>): Promise<object>
  rate(socket: ChatSocket, input: RateChat): Promise<object>
  leave(socket: ChatSocket, input: z.infer<typeof CloseChat>): Promise<object>
  close(socket: ChatSocket, input: z.infer<typeof CloseChat>): Promise<object>
  setStatus(socket: ChatSocket, input: SetStatus): Promise<object>
  left(socket: ChatSocket): void
}

const firstPage = 50
/** Whoever falls silent while typing has stopped. */
const typingEndsMs = 3_000
/** What is said of it more often than that nobody can see. */
const typingEveryMs = 200

export interface ActionDeps extends VisitorActionDeps {
  io: ChatServer
  rooms: Rooms
  messages: MessageStore
  messageRate: RateLimit
  blocks: Blocks
  visitorRate: VisitorRate
  statuses: Statuses
  presence: Pick<Presence, 'whereabouts'>
  typingAgents: Pick<TypingAgents, 'writes' | 'stopped'>
  places: Places
}

export function createActions(deps: ActionDeps): Actions {
  const { rooms } = deps

  const mustHaveJoined = (socket: ChatSocket, session: SessionId) => {
    const { identity } = socket.data
    if (identity.kind === 'visitor' && identity.session !== session) throw new DeskbridgeError('not_found')
    if (!socket.data.following.has(session)) throw new DeskbridgeError('not_joined')
  }

  const follow = (socket: ChatSocket, summary: SessionSummary, after: Seq) => {
    const reader = readerOf(socket.data.identity, deps)
    socket.data.following.get(summary.id)?.stop()
    const send = (event: LogEvent, prev: Seq) => {
      if (losesAccess(socket.data.identity, event, socket.data.becomes)) {
        endAccess(socket, summary.id)
        return false
      }
      const frame = frameFor(event, prev, reader)
      if (frame) emitFrame(socket, frame)
      return frame !== null
    }
    const following = rooms.follow(summary.id, after, { ...socket.data.backlog, send })
    socket.data.following.set(summary.id, following)
    return following
  }

  const endAccess = (socket: ChatSocket, sessionId: SessionId) => {
    stopFollowing(socket, sessionId)
    void socket.leave(sessionId)
    socket.emit('access_ended', { sessionId })
  }

  const stopFollowing = (socket: ChatSocket, session: SessionId) => {
    socket.data.following.get(session)?.stop()
    socket.data.following.delete(session)
  }

  /**
   * Join the room, take the position, read up to it, then follow from it. What is committed on the way lies after the
   * position and is read by the last ring.
   */
  const join = async (socket: ChatSocket, { sessionId, afterSeq, epoch }: JoinChat) => {
    mayOpen(socket.data.identity, await openSession(deps, sessionId))
    await mayEnter(deps, socket.data.identity, socket.data.ip)
    await deps.visitorRate.join(socket.data.identity)
    await socket.join(sessionId)
    const summary = await openSession(deps, sessionId)
    // A chat that has just become a customer's is told of by nothing after the position.
    mayOpen(socket.data.identity, summary)
    const canResume =
      afterSeq !== undefined && afterSeq <= summary.seq && (epoch === undefined || epoch === summary.epoch)
    const position = canResume ? afterSeq : summary.seq
    if (socket.data.identity.kind === 'visitor') socket.data.suspect = suspectIn(summary, socket.data.ip)
    socket.emit('session_info', sessionInfo(summary, socket.data.identity, position))
    if (!canResume) {
      const newest = { limit: firstPage, before: position + 1 }
      const page = await pageHistory(deps, sessionId, newest, readerOf(socket.data.identity, deps))
      socket.emit('chat_history', { ...page, seq: position })
    }
    // Whoever left meanwhile would be followed for ever.
    if (socket.disconnected) throw new DeskbridgeError('not_joined')
    const isNew = !socket.data.following.has(sessionId)
    const following = follow(socket, summary, position)
    following.ring((await openSession(deps, sessionId)).seq)
    if (isNew) void sayWhoIsHere(deps, socket, summary)
    if (isNew && socket.data.identity.kind === 'agent') void sayWhichAgents(deps, sessionId)
    return { seq: position, epoch: summary.epoch }
  }

  const stopTyping = (socket: ChatSocket, session: SessionId) => {
    const timer = socket.data.typing.get(session)
    if (!timer) return
    clearTimeout(timer)
    socket.data.typing.delete(session)
    sayTyping(socket, session, false)
  }

  const sayTyping = (socket: ChatSocket, sessionId: SessionId, isTyping: boolean) => {
    const { identity } = socket.data
    const who = { userId: identity.id, userType: identity.kind, name: identity.name ?? null }
    socket.to(sessionId).emit('user_typing', { sessionId, ...who, isTyping })
    if (identity.kind === 'agent') deps.typingAgents[isTyping ? 'writes' : 'stopped'](sessionId, identity.id)
  }

  return {
    ...createVisitorActions(deps, mustHaveJoined),
    ...createHandActions(deps),
    join,
    async agentJoin(socket, input) {
      const { identity } = socket.data
      if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
      const joined = await join(socket, input)
      await joinAgent(deps, input.sessionId, { kind: 'agent', id: identity.id, name: identity.name })
      return joined
    },
    async send(socket, { sessionId, ...message }) {
      mustHaveJoined(socket, sessionId)
      const sender = { actor: callerOf(socket.data.identity), ip: socket.data.ip }
      const event = await sendMessage(deps, sessionId, sender, message)
      stopTyping(socket, sessionId)
      return { id: event._id, seq: event.seq, createdAt: event.at.toISOString() }
    },
    async typing(socket, { sessionId, isTyping }) {
      mustHaveJoined(socket, sessionId)
      if (!isTyping) {
        stopTyping(socket, sessionId)
        return {}
      }
      const isQuick = deps.now() - (socket.data.typedAt ?? 0) < typingEveryMs
      const running = socket.data.typing.get(sessionId)
      if (isQuick && !running) return {}
      clearTimeout(running)
      socket.data.typing.set(
        sessionId,
        setTimeout(() => stopTyping(socket, sessionId), typingEndsMs),
      )
      if (isQuick) return {}
      socket.data.typedAt = deps.now()
      sayTyping(socket, sessionId, true)
      return {}
    },
    async edit(socket, { sessionId, messageId, content }) {
      mustHaveJoined(socket, sessionId)
      await mayEnter(deps, socket.data.identity, socket.data.ip)
      await deps.messageRate.take(socket.data.identity.id)
      return editMessage(deps, sessionId, messageId, content, callerOf(socket.data.identity))
    },
    async remove(socket, { sessionId, messageId }) {
      mustHaveJoined(socket, sessionId)
      return deleteMessage(deps, sessionId, messageId, callerOf(socket.data.identity))
    },
    async delivered(socket, { sessionId, messageId }) {
      mustHaveJoined(socket, sessionId)
      await markDelivered(deps, sessionId, messageId, callerOf(socket.data.identity))
      return {}
    },
    async rate(socket, { sessionId, ...rating }) {
      mustHaveJoined(socket, sessionId)
      const by = callerOf(socket.data.identity)
      if (by.kind !== 'visitor') throw new DeskbridgeError('forbidden')
      return rateSession(deps, sessionId, rating, by)
    },
    async leave(socket, { sessionId }) {
      mustHaveJoined(socket, sessionId)
      const by = callerOf(socket.data.identity)
      if (by.kind !== 'agent') throw new DeskbridgeError('forbidden')
      await leaveAgent(deps, sessionId, by)
      stopFollowing(socket, sessionId)
      await socket.leave(sessionId)
      return {}
    },
    async read(socket, { sessionId, messageId }) {
      mustHaveJoined(socket, sessionId)
      await markRead(deps, sessionId, messageId, callerOf(socket.data.identity))
      return {}
    },
    async close(socket, { sessionId }) {
      mustHaveJoined(socket, sessionId)
      return closeSession(deps, sessionId, callerOf(socket.data.identity))
    },
    async setStatus(socket, { status }) {
      const { identity } = socket.data
      if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
      await deps.statuses.choose(identity.id, status)
      return {}
    },
    left(socket) {
      const { identity, following, typing } = socket.data
      for (const session of typing.keys()) stopTyping(socket, session)
      for (const one of following.values()) {
        one.stop()
        void sayLeft(deps, identity, one.session)
        if (identity.kind === 'agent') void sayWhichAgents(deps, one.session)
      }
    },
  }
}
