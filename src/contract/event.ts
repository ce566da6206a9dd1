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
  /** BCP 47, such as `pt-BR`. */
  locale: z
    .string()
    .regex(/^[A-Za-z0-9-]{2,35}$/)
    .optional(),
  /** IANA, such as `Europe/Lisbon`. */
  timeZone: z
    .string()
    .regex(/^[A-Za-z0-9_+/-]{1,64}$/)
    .optional(),
  ip: z.string().max(64).optional(),
  attributes: Attributes.optional(),
})
export type Visitor = z.infer<typeof Visitor>

export const MessageType = z.enum(['text', 'system'])
export type MessageType = z.infer<typeof MessageType>

export const Channel = z.enum(['web', 'mobile', 'api'])
export type Channel = z.infer<typeof Channel>

/** Marks of a chat, for search and reports: lower case, at most 20. */
export const Tags = z.array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/)).max(20)

/** Which message is changed. `internal` is the message's own, so that a note's change is hidden like the note. */
const target = { message: EventId, messageSeq: Seq, internal: z.boolean() }

const bodies = {
  session_started: z.object({ epoch: Epoch, inbox: z.string(), visitor: Visitor, channel: Channel }),
  /** `content` is kept as sent. A visitor's or agent's message in a closed chat reopens it; a note does not. */
  message: z.object({ messageType: MessageType, content: z.string(), internal: z.boolean() }),
  message_edited: z.object({ ...target, content: z.string() }),
  message_deleted: z.object(target),
  /** A watermark: the actor has read everything up to `upTo`. */
  message_read: z.object({ upTo: Seq }),
  /** A watermark: everything up to `upTo` has reached a device of the actor's. */
  message_delivered: z.object({ upTo: Seq }),
  agent_joined: z.object({}),
  agent_left: z.object({}),
  tags_changed: z.object({ tags: Tags }),
  /** `resolution` names this closing, for its rating and in reports. */
  session_closed: z.object({ resolution: z.string(), reason: z.enum(['visitor', 'agent', 'admin', 'timeout']) }),
  rated: z.object({
    resolution: z.string(),
    score: z.number().int().min(1).max(5),
    comment: z.string().max(2_000).optional(),
  }),
} as const

export const eventTypes = [
  'session_started',
  'message',
  'message_edited',
  'message_deleted',
  'message_read',
  'message_delivered',
  'agent_joined',
  'agent_left',
  'tags_changed',
  'session_closed',
  'rated',
] as const
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
  eventOf('message_edited'),
  eventOf('message_deleted'),
  eventOf('message_read'),
  eventOf('message_delivered'),
  eventOf('agent_joined'),
  eventOf('agent_left'),
  eventOf('tags_changed'),
  eventOf('session_closed'),
  eventOf('rated'),
])
export type LogEvent = z.infer<typeof LogEvent>
export type EventOf<T extends EventType> = Extract<LogEvent, { type: T }>

/** What a decision proposes; the log adds `_id`, `session`, `seq`, `key`, `at`. */
export type EventDraft = {
  [T in EventType]: { type: T; actor: Actor; origin: Origin; body: EventOf<T>['body'] }
}[EventType]
