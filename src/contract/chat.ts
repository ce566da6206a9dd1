import { z } from 'zod'
import { Attributes, maxMessageLength, Visitor } from './event.ts'
import { ClientMessageId, EventId, Seq, SessionId } from './ids.ts'

export const SenderType = z.enum(['visitor', 'agent', 'system'])
export type SenderType = z.infer<typeof SenderType>

/** A message as a reader sees it. `createdAt` is ISO 8601 in UTC. */
export const Message = z.object({
  id: EventId,
  seq: Seq,
  sessionId: SessionId,
  senderId: z.string(),
  senderType: SenderType,
  senderName: z.string().nullable(),
  messageType: z.enum(['text', 'system']),
  content: z.string(),
  file: z.null(),
  isInternal: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Only to the participant who sent it, so that its outbox can let go of it. */
  clientMessageId: ClientMessageId.optional(),
})
export type Message = z.infer<typeof Message>

export const SessionStatus = z.enum(['open', 'closed'])
export type SessionStatus = z.infer<typeof SessionStatus>

/** What `session_info` and `GET /api/chat/sessions/:id` tell. `seq` is the reader's position after it. */
export const SessionInfo = z.object({
  sessionId: SessionId,
  epoch: z.string(),
  seq: Seq,
  status: SessionStatus,
  inbox: z.string(),
  visitor: Visitor.pick({ id: true, name: true, email: true, page: true }),
  agents: z.array(z.object({ id: z.string(), name: z.string() })),
  createdAt: z.iso.datetime(),
})
export type SessionInfo = z.infer<typeof SessionInfo>

/** A page of a chat, oldest first. `seq`: read on from here; `hasMore`: there are older ones before the first. */
export const HistoryPage = z.object({
  sessionId: SessionId,
  epoch: z.string(),
  seq: Seq,
  messages: z.array(Message),
  hasMore: z.boolean(),
})
export type HistoryPage = z.infer<typeof HistoryPage>

const codePoints = (text: string) => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Text as sent, 1 to 10,000 code points, not all white space. The refinement's params carry the error code. */
export const MessageContent = z
  .string()
  .max(2 * maxMessageLength, { error: 'message_too_long' })
  .refine((text) => text.trim() !== '', { error: 'empty' })
  .refine((text) => codePoints(text) <= maxMessageLength, { error: 'message_too_long' })

export const StartSession = z.strictObject({
  inboxKey: z.string().max(100).optional(),
  name: Visitor.shape.name,
  email: Visitor.shape.email,
  page: Visitor.shape.page,
  referrer: Visitor.shape.referrer,
  attributes: Attributes.optional(),
})
export type StartSession = z.infer<typeof StartSession>

/** `token` opens this session and nothing else. */
export const StartedSession = z.object({
  sessionId: SessionId,
  token: z.string(),
  epoch: z.string(),
  visitorId: z.string(),
})
export type StartedSession = z.infer<typeof StartedSession>

export const SendMessage = z.strictObject({
  sessionId: SessionId,
  messageType: z.literal('text').default('text'),
  content: MessageContent,
  clientMessageId: ClientMessageId,
  isInternal: z.boolean().default(false),
})
export type SendMessage = z.infer<typeof SendMessage>

export const SentMessage = z.object({ id: EventId, seq: Seq, createdAt: z.iso.datetime() })
export type SentMessage = z.infer<typeof SentMessage>

export const HistoryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().positive().optional(),
  after: z.coerce.number().int().nonnegative().optional(),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>

export const CreateAgent = z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email().max(320) })
export type CreateAgent = z.infer<typeof CreateAgent>
