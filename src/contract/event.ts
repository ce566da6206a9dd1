import { z } from 'zod'
import { AgentId, Epoch, EventId, EventKey, FileId, KeyId, PictureId, Seq, SessionId, VisitorId } from './ids.ts'

/** Code points in one message, at most. */
export const maxMessageLength = 10_000

const name = z.string().trim().min(1).max(200)

/**
 * Who did it. `colleague`: a person who answered in Slack or Zendesk and has no account here. `bot`: another system, by its
 * API key, under a name of its own; what it writes is nobody's answer.
 */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), id: VisitorId, name: name.optional() }),
  z.object({ kind: z.literal('agent'), id: AgentId, name, picture: PictureId.optional() }),
  z.object({ kind: z.literal('colleague'), system: z.string(), id: z.string(), name, picture: PictureId.optional() }),
  z.object({ kind: z.literal('bot'), id: KeyId, name }),
  z.object({ kind: z.literal('admin'), id: z.string() }),
  z.object({ kind: z.literal('system'), rule: z.string() }),
])
export type Actor = z.infer<typeof Actor>

/** Somebody, and no machine. */
export function isPerson({ kind }: Actor): boolean {
  switch (kind) {
    case 'visitor':
    case 'agent':
    case 'colleague':
      return true
    case 'bot':
    case 'admin':
    case 'system':
      return false
  }
}

/** What a site knows of its visitor; at most 50 values. */
export const Attributes = z
  .record(z.string().regex(/^[A-Za-z0-9_]{1,64}$/), z.union([z.string().max(1_000), z.number(), z.boolean()]))
  .refine((attributes) => Object.keys(attributes).length <= 50, { error: 'more than 50 attributes' })
export type Attributes = z.infer<typeof Attributes>

/** Fields of a visitor by name; `attributes.plan` is one of them. */
const Fields = z.array(z.string().max(80)).max(100)

/** What a visitor says of themself, but for `externalId` and the fields that `proven` and `byAgent` name. */
export const Visitor = z.object({
  id: VisitorId,
  name: name.optional(),
  email: z.email().max(320).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+][0-9 ()./-]{2,39}$/)
    .optional(),
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
  /** How the customer's own backend knows them, proven by its signature. */
  externalId: z.string().min(1).max(200).optional(),
  verified: z.boolean().optional(),
  /** Said by the site's own backend. */
  proven: Fields.optional(),
  /** Set right by an agent. */
  byAgent: Fields.optional(),
})
export type Visitor = z.infer<typeof Visitor>

export const MessageType = z.enum(['text', 'image', 'file', 'system'])
export type MessageType = z.infer<typeof MessageType>

/** What was uploaded, as its content says. Bytes; pixels for images. */
export const FileRef = z.object({
  id: FileId,
  name: z.string().min(1).max(255),
  type: z.string().max(100),
  size: z.number().int().nonnegative(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
})
export type FileRef = z.infer<typeof FileRef>

export const Channel = z.enum(['web', 'mobile', 'api'])
export type Channel = z.infer<typeof Channel>

/** Marks of a chat, for search and reports: lower case, at most 20. */
export const Label = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/)
export const Tags = z.array(Label).max(20)

/** Which message is changed. `internal` is the message's own, so that a note's change is hidden like the note. */
const target = { message: EventId, messageSeq: Seq, internal: z.boolean() }

const person = z.object({ id: AgentId, name })

const bodies = {
  /** `offline`: outside the inbox's hours, so that a message is left and nobody is kept waiting. */
  session_started: z.object({
    epoch: Epoch,
    inbox: z.string(),
    visitor: Visitor,
    channel: Channel,
    offline: z.boolean().optional(),
  }),
  /** What is known of the visitor from now on, all of it. */
  visitor_updated: z.object({ visitor: Visitor }),
  /** `content` is kept as sent. A visitor's or agent's message in a closed chat reopens it; a note does not. */
  message: z.object({ messageType: MessageType, content: z.string(), internal: z.boolean(), file: FileRef.optional() }),
  message_edited: z.object({ ...target, content: z.string() }),
  message_deleted: z.object(target),
  /** A watermark: the actor has read everything up to `upTo`. */
  message_read: z.object({ upTo: Seq }),
  /** A watermark: everything up to `upTo` has reached a device of the actor's. */
  message_delivered: z.object({ upTo: Seq }),
  agent_joined: z.object({}),
  agent_left: z.object({}),
  /** The chat is this agent's to answer. */
  assigned: z.object({ agent: person, reason: z.enum(['routing', 'last_agent', 'taken']) }),
  /** Nobody's again: back to the queue, with the time it has waited. */
  unassigned: z.object({ agent: person, reason: z.enum(['released', 'no_answer', 'offline']) }),
  /** Handed on with a note for the next one, or to whoever of a team is free. */
  transferred: z.object({
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('agent'), agent: person }),
      z.object({ kind: z.literal('team'), team: Label }),
    ]),
    note: z.string().max(2_000).optional(),
  }),
  tags_changed: z.object({ tags: Tags }),
  /** `resolution` names this closing, for its rating and in reports. */
  session_closed: z.object({ resolution: z.string(), reason: z.enum(['visitor', 'agent', 'admin', 'timeout']) }),
  /** By somebody of the team, without a message. */
  session_reopened: z.object({}),
  rated: z.object({
    resolution: z.string(),
    score: z.number().int().min(1).max(5),
    comment: z.string().max(2_000).optional(),
  }),
  /**
   * The visitor was sent an email: the answers up to `upTo` that they had not seen, or the transcript. `byTicket`: the
   * answers after `after` go into the ticket in public, and Zendesk mails them.
   */
  emailed: z.object({
    what: z.enum(['answers', 'transcript']),
    to: z.string(),
    upTo: Seq,
    byTicket: z.object({ after: Seq }).optional(),
  }),
  /** The chat is to have a ticket from now on. */
  ticket_requested: z.object({}),
  /** The team was told that a visitor waits. `rule`: after how long it is told, ms. */
  alerted: z.object({ waitingSince: z.date(), rule: z.number(), nth: z.number(), mention: z.string().optional() }),
  /** The chat stands in this ticket, or whatever the remote calls it, from now on. */
  ticket_linked: z.object({ system: z.string(), id: z.string(), url: z.string() }),
  /** What people wrote and were up to `upTo` is gone from the events themselves. */
  erased: z.object({ upTo: Seq, reason: z.enum(['request', 'retention']) }),
  /** The log may be an older one than it was: whoever knows it by another epoch begins anew. */
  restored: z.object({ epoch: Epoch }),
} as const

export const eventTypes = [
  'session_started',
  'visitor_updated',
  'message',
  'message_edited',
  'message_deleted',
  'message_read',
  'message_delivered',
  'agent_joined',
  'agent_left',
  'assigned',
  'unassigned',
  'transferred',
  'tags_changed',
  'session_closed',
  'session_reopened',
  'rated',
  'emailed',
  'ticket_requested',
  'alerted',
  'ticket_linked',
  'erased',
  'restored',
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
  /** What was said in it is gone for good; that it happened stays. */
  erased: z.literal(true).optional(),
}

const eventOf = <T extends EventType>(type: T) => z.object({ ...envelope, type: z.literal(type), body: bodies[type] })

/** One fact of one chat session, immutable but for erasure. */
export const LogEvent = z.discriminatedUnion('type', [
  eventOf('session_started'),
  eventOf('visitor_updated'),
  eventOf('message'),
  eventOf('message_edited'),
  eventOf('message_deleted'),
  eventOf('message_read'),
  eventOf('message_delivered'),
  eventOf('agent_joined'),
  eventOf('agent_left'),
  eventOf('assigned'),
  eventOf('unassigned'),
  eventOf('transferred'),
  eventOf('tags_changed'),
  eventOf('session_closed'),
  eventOf('session_reopened'),
  eventOf('rated'),
  eventOf('emailed'),
  eventOf('ticket_requested'),
  eventOf('alerted'),
  eventOf('ticket_linked'),
  eventOf('erased'),
  eventOf('restored'),
])
export type LogEvent = z.infer<typeof LogEvent>
export type EventOf<T extends EventType> = Extract<LogEvent, { type: T }>

/** What a decision proposes; the log adds `_id`, `session`, `seq`, `key`, `at`. */
export type EventDraft = {
  [T in EventType]: { type: T; actor: Actor; origin: Origin; body: EventOf<T>['body'] }
}[EventType]
