import { z } from 'zod'
import { type AgentStatus, SetStatus } from './agent.ts'
import { SocketTransfer } from './assignment.ts'
import {
  DeleteMessage,
  EditMessage,
  type HistoryPage,
  type Message,
  RateChat,
  type SenderType,
  SendMessage,
  type SentMessage,
  type SessionInfo,
  type SessionStatus,
  type ShownVisitor,
} from './chat.ts'
import type { ErrorBody } from './errors.ts'
import { type Identified, Identify, UpdateVisitor } from './identity.ts'
import { Epoch, EventId, Seq, SessionId } from './ids.ts'

/**
 * Whatever comes from the log carries its `seq` and `prev`, the position this reader had before it.
 * A reader whose cursor is not `prev` has missed something and pulls.
 */
export interface FromLog {
  sessionId: SessionId
  seq: Seq
  prev: Seq
}

interface Receipt {
  readerId: string
  readerType: 'visitor' | 'agent'
  upTo: Seq
}

/** What changed is present. The last line is for agents. */
interface SessionChange {
  by: SenderType
  status?: SessionStatus
  resolution?: string
  rating?: number
  assignee?: SessionInfo['assignee']
  visitor?: ShownVisitor
  /** What was written up to here is gone. */
  erasedUpTo?: Seq
  tags?: readonly string[]
  reason?: string
  team?: string
  note?: string
  ticket?: { id: string; url: string }
  emailed?: { what: string; to: string; upTo: Seq }
}

/** Server → client, from the log: one frame for each event that the reader may see. */
export type Frame =
  | { event: 'new_message'; data: FromLog & Message }
  | { event: 'message_updated'; data: FromLog & { messageId: EventId; content: string; editedAt: string } }
  | { event: 'message_deleted'; data: FromLog & { messageId: EventId } }
  | { event: 'message_read'; data: FromLog & Receipt }
  | { event: 'message_delivered'; data: FromLog & Receipt }
  | { event: 'agent_joined'; data: FromLog & { agentId: string; agentName: string } }
  | { event: 'agent_left'; data: FromLog & { agentId: string } }
  | { event: 'session_updated'; data: FromLog & SessionChange }

type FrameData<E extends Frame['event']> = Extract<Frame, { event: E }>['data']

export interface ServerToClient {
  session_info(info: SessionInfo): void
  chat_history(page: HistoryPage): void
  new_message(data: FrameData<'new_message'>): void
  message_updated(data: FrameData<'message_updated'>): void
  message_deleted(data: FrameData<'message_deleted'>): void
  message_read(data: FrameData<'message_read'>): void
  message_delivered(data: FrameData<'message_delivered'>): void
  agent_joined(data: FrameData<'agent_joined'>): void
  session_updated(data: FrameData<'session_updated'>): void
  /** To a visitor who waits, whenever it changes. `waitMs`: an estimate from the last chats, null without any. */
  queue_position(data: { sessionId: string; position: number; waitMs: number | null }): void
  /** Presence and typing: best effort, no position. */
  user_typing(data: {
    sessionId: SessionId
    userId: string
    userType: 'visitor' | 'agent'
    name: string | null
    isTyping: boolean
  }): void
  /** From the log: left for good. Without `seq`: the last of their connections is gone. */
  agent_left(data: FrameData<'agent_left'> | { sessionId: SessionId; agentId: string }): void
  /** To agents who share an inbox with this one. */
  agent_status(data: { agentId: string; status: AgentStatus }): void
  /** To agents: something happened in these chats of their inboxes. What it was is to be asked for. */
  chats_changed(data: { sessionIds: readonly SessionId[] }): void
  /** The chat is a known customer's from now on, and this connection's token opens it no longer. */
  access_ended(data: { sessionId: SessionId }): void
  /** The visitor has a connection to their chat: to those who are in it, and to an agent who joins. */
  user_connected(data: { sessionId: SessionId; visitorId: string }): void
  /** The last of them is gone: likewise. */
  user_disconnected(data: { sessionId: SessionId; visitorId: string }): void
  /** To agents who look at a chat: who of the team does, whenever that changes. Supervisors who only read along are not named. */
  agents_here(data: { sessionId: SessionId; agents: readonly { id: string; name: string }[] }): void
}

/** Without `afterSeq` the newest page comes as `chat_history`; with it, the frames after it, or a page if `epoch` is another. */
export const JoinChat = z.strictObject({ sessionId: SessionId, afterSeq: Seq.optional(), epoch: Epoch.optional() })
export type JoinChat = z.infer<typeof JoinChat>
export const Typing = z.strictObject({ sessionId: SessionId, isTyping: z.boolean() })
export const MessageRead = z.strictObject({ sessionId: SessionId, messageId: EventId })
export const CloseChat = z.strictObject({ sessionId: SessionId })

/** The one list of what a client may send, with the schema of each payload. */
export const clientEvents = {
  join_chat: JoinChat,
  agent_join: JoinChat,
  send_message: SendMessage,
  typing: Typing,
  edit_message: EditMessage,
  delete_message: DeleteMessage,
  message_read: MessageRead,
  message_delivered: MessageRead,
  close_chat: CloseChat,
  rate_chat: RateChat,
  agent_leave: CloseChat,
  set_status: SetStatus,
  identify: Identify,
  update_visitor: UpdateVisitor,
  take_chat: CloseChat,
  release_chat: CloseChat,
  transfer_chat: SocketTransfer,
} as const
export type ClientEvent = keyof typeof clientEvents

export interface AckData {
  join_chat: { seq: Seq; epoch: string }
  agent_join: { seq: Seq; epoch: string }
  send_message: SentMessage
  typing: object
  edit_message: { seq: Seq }
  delete_message: { seq: Seq }
  message_read: object
  message_delivered: object
  close_chat: { seq: Seq }
  rate_chat: { seq: Seq }
  agent_leave: object
  set_status: object
  identify: Identified
  update_visitor: { seq: Seq; visitor: ShownVisitor }
  take_chat: { seq: Seq }
  release_chat: { seq: Seq }
  transfer_chat: { seq: Seq }
}
export type Ack<E extends ClientEvent> = ({ ok: true } & AckData[E]) | { ok: false; error: ErrorBody }

export type ClientToServer = {
  [E in ClientEvent]: (payload: z.input<(typeof clientEvents)[E]>, ack: (answer: Ack<E>) => void) => void
}
