import { z } from 'zod'
import { SendMessage } from './chat.ts'
import { Attributes, Channel, Visitor } from './event.ts'
import { AgentId, ClientMessageId } from './ids.ts'

/** What another system says of whoever it starts a chat for. `externalId`: how that system knows them. */
export const StartByKey = z.strictObject({
  inboxKey: z.string().max(100).optional(),
  name: Visitor.shape.name,
  email: Visitor.shape.email,
  phone: Visitor.shape.phone,
  externalId: Visitor.shape.externalId,
  page: Visitor.shape.page,
  referrer: Visitor.shape.referrer,
  locale: Visitor.shape.locale,
  timeZone: Visitor.shape.timeZone,
  channel: Channel.default('api'),
  attributes: Attributes.optional(),
})
export type StartByKey = z.infer<typeof StartByKey>

/**
 * As whom another system writes. `bot`: under the key's name, or the one that is given; nobody's answer. `agent`: somebody who
 * may see the chat, by id or email, with all that follows from an answer of theirs. `visitor`: what they told that system.
 */
const WritesAs = z.union([
  z.enum(['bot', 'visitor']),
  z.strictObject({ bot: z.string().trim().min(1).max(100) }),
  z.strictObject({ agent: z.union([AgentId, z.email().max(320)]) }),
])
export type WritesAs = z.infer<typeof WritesAs>

/** Without a `clientMessageId` the request's `Idempotency-Key` names the message. */
export const MessageByKey = SendMessage.omit({ sessionId: true }).extend({
  clientMessageId: ClientMessageId.optional(),
  as: WritesAs.default('bot'),
})
export type MessageByKey = z.infer<typeof MessageByKey>
