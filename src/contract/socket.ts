import { z } from 'zod'
import { type HistoryPage, type Message, SendMessage, type SentMessage, type SessionInfo } from './chat.ts'
import type { ErrorBody } from './errors.ts'
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

/** Server → client, from the log: one frame for each event that the reader may see. */
export type Frame =
  | { event: 'new_message'; data: FromLog & Message }
  | { event: 'message_read'; data: FromLog & { readerId: string; readerType: 'visitor' | 'agent'; upTo: Seq } }
  | { event: 'agent_joined'; data: FromLog & { agentId: string; agentName: string } }
  | { event: 'session_updated'; data: FromLog & { status: 'open' | 'closed'; by: 'visitor' | 'agent' | 'system' } }

type FrameData<E extends Frame['event']> = Extract<Frame, { event: E }>['data']

export interface ServerToClient {
  session_info(info: SessionInfo): void
  chat_history(page: HistoryPage): void
  new_message(data: FrameData<'new_message'>): void
  message_read(data: FrameData<'message_read'>): void
  agent_joined(data: FrameData<'agent_joined'>): void
  session_updated(data: FrameData<'session_updated'>): void
  /** Presence and typing: best effort, no position. */
  user_typing(data: {
    sessionId: SessionId
    userId: string
    userType: 'visitor' | 'agent'
    name: string | null
    isTyping: boolean
  }): void
  agent_left(data: { sessionId: SessionId; agentId: string }): void
  user_disconnected(data: { sessionId: SessionId; visitorId: string }): void
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
  message_read: MessageRead,
  close_chat: CloseChat,
} as const
export type ClientEvent = keyof typeof clientEvents

export interface AckData {
  join_chat: { seq: Seq; epoch: string }
  agent_join: { seq: Seq; epoch: string }
  send_message: SentMessage
  typing: object
  message_read: object
  close_chat: { seq: Seq }
}
export type Ack<E extends ClientEvent> = ({ ok: true } & AckData[E]) | { ok: false; error: ErrorBody }

export type ClientToServer = {
  [E in ClientEvent]: (payload: z.input<(typeof clientEvents)[E]>, ack: (answer: Ack<E>) => void) => void
}
