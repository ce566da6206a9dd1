import { z } from 'zod'
import { Attributes, Channel, FileRef, MessageType, maxMessageLength, Tags, Visitor } from './event.ts'
import { IdentityToken } from './identity.ts'
import { AgentId, ClientMessageId, EventId, FileId, Seq, SessionId } from './ids.ts'

export const SenderType = z.enum(['visitor', 'agent', 'bot', 'system'])
export type SenderType = z.infer<typeof SenderType>

/** A message as a reader sees it. `createdAt` is ISO 8601 in UTC. */
export const Message = z.object({
  id: EventId,
  seq: Seq,
  sessionId: SessionId,
  senderId: z.string(),
  senderType: SenderType,
  senderName: z.string().nullable(),
  /** Where to load the picture of whoever answers from: square, and the same for good. */
  senderPicture: z.string().nullable(),
  messageType: MessageType,
  content: z.string(),
  /** `url` and `thumbnailUrl` open without a token, for a limited time. */
  file: FileRef.extend({ url: z.string(), thumbnailUrl: z.string().optional() }).nullable(),
  isInternal: z.boolean(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  /** Its content is gone from every view; who wrote it and when stays. */
  deleted: z.boolean(),
  /** Only to the participant who sent it, so that its outbox can let go of it. */
  clientMessageId: ClientMessageId.optional(),
})
export type Message = z.infer<typeof Message>

export const SessionStatus = z.enum(['queued', 'active', 'closed'])
export type SessionStatus = z.infer<typeof SessionStatus>

/** What is told of a visitor; all but the first four only to agents. */
export const ShownVisitor = Visitor.pick({
  id: true,
  name: true,
  email: true,
  page: true,
  referrer: true,
  locale: true,
  timeZone: true,
  phone: true,
  attributes: true,
  externalId: true,
  verified: true,
  proven: true,
  byAgent: true,
})
export type ShownVisitor = z.infer<typeof ShownVisitor>

/** What `session_info` and `GET /api/chat/sessions/:id` tell. `seq` is the reader's position after it. */
export const SessionInfo = z.object({
  sessionId: SessionId,
  epoch: z.string(),
  seq: Seq,
  status: SessionStatus,
  inbox: z.string(),
  visitor: ShownVisitor,
  agents: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whose chat it is to answer. */
  assignee: z.object({ id: AgentId, name: z.string() }).nullable(),
  channel: Channel,
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** Of the last closing, which can be rated once. */
  resolution: z.string().nullable(),
  rating: z.number().int().nullable(),
  /** How far each side has read what the other wrote; 0: nothing of it. */
  readUpTo: z.object({ visitor: Seq.or(z.literal(0)), team: Seq.or(z.literal(0)) }),
  /** Only to agents. */
  tags: Tags.optional(),
  reopenings: z.number().int().optional(),
  team: z.string().nullable().optional(),
  waitingSince: z.iso.datetime().nullable().optional(),
  offline: z.boolean().optional(),
  ticket: z.object({ id: z.string(), url: z.string() }).nullable().optional(),
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

/** Text as sent, up to 10,000 code points. The refinement's params carry the error code. */
export const MessageText = z
  .string()
  .max(2 * maxMessageLength, { error: 'message_too_long' })
  .refine((text) => codePoints(text) <= maxMessageLength, { error: 'message_too_long' })

/** The same, not all white space. */
export const MessageContent = MessageText.refine((text) => text.trim() !== '', { error: 'empty' })

export const StartSession = z.strictObject({
  inboxKey: z.string().max(100).optional(),
  name: Visitor.shape.name,
  email: Visitor.shape.email,
  page: Visitor.shape.page,
  referrer: Visitor.shape.referrer,
  locale: Visitor.shape.locale,
  timeZone: Visitor.shape.timeZone,
  channel: Channel.default('web'),
  attributes: Attributes.optional(),
  /** What the challenge's widget gave, after `challenge_required`. */
  challengeAnswer: z.string().min(1).max(4_096).optional(),
  /** Says who the visitor is, and stands over what is said here. */
  identityToken: IdentityToken.optional(),
  /** A secret that is made up for this chat. Said again it begins no other, and opens the one that it began. */
  startKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{20,64}$/)
    .optional(),
})
export type StartSession = z.infer<typeof StartSession>
export type StartSessionInput = z.input<typeof StartSession>

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
  messageType: MessageType.exclude(['system']).default('text'),
  /** What a text says; beside a file, which goes with the types `image` and `file` and no other, a caption or nothing. */
  content: MessageText.default(''),
  file: z.strictObject({ fileId: FileId }).optional(),
  clientMessageId: ClientMessageId,
  isInternal: z.boolean().default(false),
})
export type SendMessage = z.infer<typeof SendMessage>

export const SentMessage = z.object({ id: EventId, seq: Seq, createdAt: z.iso.datetime() })
export type SentMessage = z.infer<typeof SentMessage>

export const EditMessage = z.strictObject({ sessionId: SessionId, messageId: EventId, content: MessageText })
export type EditMessage = z.infer<typeof EditMessage>

export const DeleteMessage = z.strictObject({ sessionId: SessionId, messageId: EventId })
export type DeleteMessage = z.infer<typeof DeleteMessage>

/** What was in a message before, oldest first, for agents. */
export const MessageVersions = z.object({
  versions: z.array(z.object({ content: z.string(), at: z.iso.datetime() })),
  deletedAt: z.iso.datetime().nullable(),
})
export type MessageVersions = z.infer<typeof MessageVersions>

export const RateChat = z.strictObject({
  sessionId: SessionId,
  score: z.number().int().min(1).max(5),
  comment: z.string().trim().max(2_000).optional(),
})
export type RateChat = z.infer<typeof RateChat>

export const ChangeTags = z.strictObject({ tags: Tags })

/** Sessions as a list shows them, newest first; `cursor` asks for the next page. */
export const SessionQuery = z.strictObject({
  visitor: z.string().max(64).optional(),
  agent: z.string().max(64).optional(),
  status: SessionStatus.optional(),
  tag: z.string().max(50).optional(),
  inbox: z.string().max(50).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional(),
})
export type SessionQuery = z.infer<typeof SessionQuery>

export const SearchQuery = z.strictObject({
  q: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const HistoryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().positive().optional(),
  after: z.coerce.number().int().nonnegative().optional(),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>

/** Where in the log it was done. */
export const Done = z.object({ seq: Seq })
export const FoundMessages = z.object({ messages: z.array(Message) })
export const SessionPage = z.object({ sessions: z.array(SessionInfo), cursor: z.string().nullable() })
