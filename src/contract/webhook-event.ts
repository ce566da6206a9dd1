import { z } from 'zod'
import { AgentStatus } from './agent.ts'
import { Channel, FileRef, Label, MessageType, Visitor } from './event.ts'
import { AgentId, Epoch, EventId, Seq, SessionId, VisitorId } from './ids.ts'

/** What other systems are told by webhook. One event of a chat's log gives at most one of them. */
export const webhookTypes = [
  'chat.created',
  'chat.queued',
  'chat.assigned',
  'chat.transferred',
  'chat.closed',
  'chat.reopened',
  'chat.rated',
  'chat.ticket_linked',
  'message.created',
  'message.updated',
  'message.deleted',
  'message.read',
  'note.created',
  'note.updated',
  'note.deleted',
  'visitor.identified',
  'visitor.erased',
  'agent.status_changed',
  'endpoint.disabled',
] as const
export type WebhookType = (typeof webhookTypes)[number]

/** What stands before the dot. */
const groups = [...new Set(webhookTypes.map((type) => type.split('.')[0]))]
const patterns = ['*', ...groups.map((group) => `${group}.*`), ...webhookTypes]

/** One type, all of a group such as `chat.*`, or everything. */
export const WebhookPattern = z.enum(patterns, { error: `must be one of ${patterns.join(', ')}` })
export const WebhookPatterns = z.array(WebhookPattern).min(1).max(patterns.length)
export type WebhookPatterns = z.infer<typeof WebhookPatterns>

/** Who did it. `name` is null when it is not known, or erased. `system`: where a colleague wrote and has their id. */
export const PublicActor = z.object({
  kind: z.enum(['visitor', 'agent', 'colleague', 'bot', 'admin', 'system']),
  id: z.string(),
  name: z.string().nullable(),
  system: z.string().optional(),
})
export type PublicActor = z.infer<typeof PublicActor>

/**
 * What is known of a visitor, but for their network address, browser and referrer. What `proven` does not name, they said
 * of themself, or an agent wrote down. `verified`: the site's own backend has said who they are. `emailVerified`: also that the email is theirs.
 */
export const PublicVisitor = Visitor.pick({
  id: true,
  name: true,
  email: true,
  phone: true,
  page: true,
  locale: true,
  timeZone: true,
  externalId: true,
  attributes: true,
}).extend({ verified: z.boolean(), emailVerified: z.boolean(), proven: z.array(z.string()) })
export type PublicVisitor = z.infer<typeof PublicVisitor>

const target = { id: EventId, seq: Seq }

/** `text` is null once it was erased; beside a file it is the caption. `url` opens without a token, for a limited time. */
const Written = z.object({
  ...target,
  type: MessageType,
  text: z.string().nullable(),
  file: FileRef.extend({ url: z.string() }).nullable(),
  author: PublicActor,
})
const Rewritten = z.object({ ...target, text: z.string().nullable() })
const Removed = z.object(target)

const about = { eventId: EventId, version: z.literal(1) }

const aboutChat = {
  ...about,
  sessionId: SessionId,
  /** Its place in the chat: `epoch` and `seq` put a chat's events in order. */
  seq: Seq,
  epoch: Epoch,
  inbox: z.object({ key: z.string(), name: z.string() }),
  /** What was said in it is gone for good. */
  erased: z.literal(true).optional(),
  /** Something was too long for here; `fullUrl` answers with all of it, to an agent's token. */
  truncated: z.literal(true).optional(),
  fullUrl: z.string().optional(),
}

const payload = <T extends WebhookType, D extends z.ZodRawShape>(type: T, description: string, data: D) =>
  z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data: z.object(data) }).meta({ description })

const ofChat = <T extends WebhookType, D extends z.ZodRawShape>(type: T, description: string, data: D) =>
  payload(type, description, { ...aboutChat, ...data })

const person = z.object({ id: AgentId, name: z.string() })
const by = PublicActor

/** The form of each payload. `timestamp` is when it happened, whenever it is delivered. */
export const webhookPayloads = {
  'chat.created': ofChat('chat.created', 'A visitor has begun a chat.', {
    visitor: PublicVisitor,
    channel: Channel,
    offline: z.boolean(),
  }),
  'chat.queued': ofChat('chat.queued', 'A chat has gone from its agent back to the queue.', {
    agent: person,
    reason: z.enum(['released', 'no_answer', 'offline']),
    by,
  }),
  'chat.assigned': ofChat('chat.assigned', 'A chat has become an agent’s to answer.', {
    agent: person,
    reason: z.enum(['routing', 'last_agent', 'taken']),
    by,
  }),
  'chat.transferred': ofChat('chat.transferred', 'A chat was handed on to another agent or to a team.', {
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('agent'), agent: person }),
      z.object({ kind: z.literal('team'), team: Label }),
    ]),
    by,
  }),
  'chat.closed': ofChat('chat.closed', 'A chat was closed.', {
    resolution: z.string(),
    reason: z.enum(['visitor', 'agent', 'admin', 'timeout']),
    by,
  }),
  'chat.reopened': ofChat('chat.reopened', 'Somebody of the team has reopened a chat without a message.', { by }),
  'chat.rated': ofChat('chat.rated', 'The visitor has rated a closing.', {
    resolution: z.string(),
    score: z.number().int().min(1).max(5),
    comment: z.string().nullable(),
    by,
  }),
  'chat.ticket_linked': ofChat('chat.ticket_linked', 'A chat stands in this ticket from now on.', {
    ticket: z.object({ system: z.string(), id: z.string(), url: z.string() }),
  }),
  'message.created': ofChat('message.created', 'Something was said that the visitor sees.', { message: Written }),
  'message.updated': ofChat('message.updated', 'A message says something else now.', { message: Rewritten, by }),
  'message.deleted': ofChat('message.deleted', 'A message was taken out of every view.', { message: Removed, by }),
  'message.read': ofChat('message.read', 'Somebody has read everything up to `upTo`.', { upTo: Seq, by }),
  'note.created': ofChat('note.created', 'Something was said that only the team sees.', { note: Written }),
  'note.updated': ofChat('note.updated', 'A note says something else now.', { note: Rewritten, by }),
  'note.deleted': ofChat('note.deleted', 'A note was taken out of every view.', { note: Removed, by }),
  'visitor.identified': ofChat('visitor.identified', 'More, or something else, is known of who the visitor is.', {
    visitor: PublicVisitor,
    by,
  }),
  'visitor.erased': ofChat(
    'visitor.erased',
    'What was said in a chat up to `upTo`, and who its visitor was, is erased.',
    {
      visitor: z.object({ id: VisitorId }),
      upTo: Seq,
      reason: z.enum(['request', 'retention']),
    },
  ),
  'agent.status_changed': payload('agent.status_changed', 'An agent is there, or is not. No `inboxes`: all of them.', {
    ...about,
    agent: person,
    inboxes: z.array(z.string()),
    from: AgentStatus,
    to: AgentStatus,
  }),
  'endpoint.disabled': payload('endpoint.disabled', 'An endpoint gets nothing any more until it is enabled again.', {
    ...about,
    /** Without the path of its address, which may be a secret. */
    endpoint: z.object({ id: z.string(), host: z.string() }),
    /** `gone`: it answered so (410). */
    reason: z.enum(['gone', 'failing']),
    failingSince: z.iso.datetime().nullable(),
  }),
} as const satisfies Record<WebhookType, z.ZodType>

export type PayloadOf<T extends WebhookType> = z.infer<(typeof webhookPayloads)[T]>
export type WebhookPayload = PayloadOf<WebhookType>
