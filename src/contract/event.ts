import { z } from 'zod'
import { AgentId, Epoch, EventId, EventKey, Seq, SessionId, VisitorId } from './ids.ts'

/** Code points in one message, at most. */
export const maxMessageLength = 10_000

const name = z.string().trim().min(1).max(200)

/** Who did it. `colleague`: a person who answered in Slack or Zendesk and has no account here. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), id: VisitorId, name: name.optional() }),
  z.object({ kind: z.literal('agent'), id: AgentId, name }),
  z.object({ kind: z.literal('colleague'), system: z.string(), id: z.string(), name }),
  z.object({ kind: z.literal('admin'), id: z.string() }),
  z.object({ kind: z.literal('system'), rule: z.string() }),
])
export type Actor = z.infer<typeof Actor>

/** What a site knows of its visitor; at most 50 values. */
export const Attributes = z
  .record(z.string().regex(/^[A-Za-z0-9_]{1,64}$/), z.union([z.string().max(1_000), z.number(), z.boolean()]))
  .refine((attributes) => Object.keys(attributes).length <= 50, { error: 'more than 50 attributes' })
export type Attributes = z.infer<typeof Attributes>

/** What a visitor says of themself; unverified. */
export const Visitor = z.object({
  id: VisitorId,
  name: name.optional(),
  email: z.email().max(320).optional(),
  page: z.string().max(2_000).optional(),
  referrer: z.string().max(2_000).optional(),
  userAgent: z.string().max(1_000).optional(),
  attributes: Attributes.optional(),
})
export type Visitor = z.infer<typeof Visitor>

export const MessageType = z.enum(['text', 'system'])
export type MessageType = z.infer<typeof MessageType>

const bodies = {
  session_started: z.object({ epoch: Epoch, inbox: z.string(), visitor: Visitor }),
  /** `content` is kept as sent. A visitor's or agent's message in a closed chat reopens it. */
  message: z.object({ messageType: MessageType, content: z.string(), internal: z.boolean() }),
  /** A watermark: the actor has read everything up to `upTo`. */
  message_read: z.object({ upTo: Seq }),
  agent_joined: z.object({}),
  session_closed: z.object({}),
} as const

export const eventTypes = ['session_started', 'message', 'message_read', 'agent_joined', 'session_closed'] as const
export type EventType = (typeof eventTypes)[number]

/** Where it entered: `deskbridge` (widget, console, API) or the name of a destination. */
export const Origin = z.string().min(1).max(100)
export type Origin = z.infer<typeof Origin>

const envelope = {
  _id: EventId,
  session: SessionId,
  seq: Seq,
  key: EventKey,
  version: z.literal(1),
  at: z.date(),
  actor: Actor,
  origin: Origin,
}

const eventOf = <T extends EventType>(type: T) => z.object({ ...envelope, type: z.literal(type), body: bodies[type] })

/** One fact of one chat session, immutable but for erasure. */
export const LogEvent = z.discriminatedUnion('type', [
  eventOf('session_started'),
  eventOf('message'),
  eventOf('message_read'),
  eventOf('agent_joined'),
  eventOf('session_closed'),
])
export type LogEvent = z.infer<typeof LogEvent>
export type EventOf<T extends EventType> = Extract<LogEvent, { type: T }>

/** What a decision proposes; the log adds `_id`, `session`, `seq`, `key`, `at`. */
export type EventDraft = {
  [T in EventType]: { type: T; actor: Actor; origin: Origin; body: EventOf<T>['body'] }
}[EventType]
