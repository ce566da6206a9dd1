import { z } from 'zod'
import { Label } from './event.ts'
import { DeliveryId, EndpointId, EventId, Seq, SessionId } from './ids.ts'
import { WebhookPattern, WebhookPatterns, webhookTypes } from './webhook-event.ts'
import { EndpointHeaders } from './webhook-headers.ts'

/** `v1`: HMAC-SHA256 with a shared secret. `v1a`: ed25519, whose public key the receiver may have from anybody. */
export const SignatureScheme = z.enum(['v1', 'v1a'])
export type SignatureScheme = z.infer<typeof SignatureScheme>

/**
 * No `inboxes`: all of them. `version`: of the payloads. `ratePerSecond`: so many calls at most; null: as they come.
 * `ordered`: the events of one chat one after the other, each once the one before was taken or given up.
 */
const Endpoint = z.strictObject({
  url: z.string().min(1).max(2_000),
  description: z.string().trim().max(500),
  events: WebhookPatterns,
  inboxes: z.array(Label).max(100),
  headers: EndpointHeaders,
  version: z.literal(1),
  ratePerSecond: z.number().int().min(1).max(1_000).nullable(),
  ordered: z.boolean(),
  enabled: z.boolean(),
})

export const CreateEndpoint = Endpoint.extend({
  description: Endpoint.shape.description.default(''),
  inboxes: Endpoint.shape.inboxes.default([]),
  headers: EndpointHeaders.prefault([]),
  version: Endpoint.shape.version.default(1),
  ratePerSecond: Endpoint.shape.ratePerSecond.default(null),
  ordered: Endpoint.shape.ordered.default(false),
  enabled: Endpoint.shape.enabled.default(true),
  scheme: SignatureScheme.default('v1'),
})
export type CreateEndpoint = z.infer<typeof CreateEndpoint>

/** `revision`: the one that was read; the change is refused if somebody changed it since. */
export const ChangeEndpoint = Endpoint.partial().extend({ revision: z.number().int().optional() })
export type ChangeEndpoint = z.infer<typeof ChangeEndpoint>

const ShownSecret = z.object({
  id: z.string(),
  scheme: SignatureScheme,
  publicKey: z.string().nullable(),
  createdAt: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
})

/** Why the service itself turned an endpoint off: it answered 410, or nothing but failures for five days. */
export const DisabledWhy = z.enum(['gone', 'failing'])
export type DisabledWhy = z.infer<typeof DisabledWhy>

/** `headers`: their names alone. `failingSince`: of the first failure after the last success. `restsUntil`: called no sooner. */
export const ShownEndpoint = z.object({
  id: EndpointId,
  ...Endpoint.shape,
  url: z.string(),
  headers: z.array(z.string()),
  revision: z.number().int(),
  createdAt: z.iso.datetime(),
  secrets: z.array(ShownSecret),
  disabled: z.object({ why: DisabledWhy, at: z.iso.datetime() }).nullable(),
  failingSince: z.iso.datetime().nullable(),
  restsUntil: z.iso.datetime().nullable(),
})
export type ShownEndpoint = z.infer<typeof ShownEndpoint>

/** `secret` is shown this once. */
export const CreatedEndpoint = ShownEndpoint.extend({ secret: z.string() })
export type CreatedEndpoint = z.infer<typeof CreatedEndpoint>
export const EndpointList = z.object({ endpoints: z.array(ShownEndpoint) })

/** What is on its way to an endpoint; counted no further than a thousand of each. */
export const EndpointCounts = z.object({
  waiting: z.number().int(),
  failed: z.number().int(),
  waitingSince: z.iso.datetime().nullable(),
})
export type EndpointCounts = z.infer<typeof EndpointCounts>

/** `overlapHours`: for so long the secrets before sign as well. */
export const RotateSecret = z.strictObject({
  scheme: SignatureScheme.default('v1'),
  overlapHours: z.number().min(0).max(168).default(24),
})
export type RotateSecret = z.infer<typeof RotateSecret>

export const TestEndpoint = z.strictObject({ type: z.enum(webhookTypes).default('message.created') })

/** An attempt. `why`: there was no answer; `status` is null then. `body`: what was answered, its first 20 kB. */
export const Attempt = z.object({
  at: z.iso.datetime(),
  ms: z.number(),
  outcome: z.enum(['delivered', 'failed']),
  status: z.number().int().nullable(),
  why: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.string(),
  truncated: z.boolean(),
})
export type Attempt = z.infer<typeof Attempt>

export const DeliveryState = z.enum(['waiting', 'delivered', 'failed'])
export type DeliveryState = z.infer<typeof DeliveryState>

/** `attempts`: how many of the schedule were made. `nextAt`: of the next one. `isTest`: a sample. */
export const ShownDelivery = z.object({
  id: DeliveryId,
  endpointId: EndpointId,
  eventId: z.string(),
  type: z.enum(webhookTypes),
  sessionId: SessionId.nullable(),
  seq: Seq.nullable(),
  happenedAt: z.iso.datetime(),
  state: DeliveryState,
  attempts: z.number().int(),
  nextAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  lastStatus: z.number().int().nullable(),
  lastWhy: z.string().nullable(),
  isTest: z.boolean(),
})
export type ShownDelivery = z.infer<typeof ShownDelivery>

/** With every attempt of the last thirty days, the first one first, and what would be sent now; null: there is nothing any more. */
export const WholeDelivery = ShownDelivery.extend({ log: z.array(Attempt), payload: z.unknown() })
export type WholeDelivery = z.infer<typeof WholeDelivery>

const count = z.coerce.number().int()

export const DeliveryQuery = z.strictObject({
  endpoint: EndpointId,
  state: DeliveryState.optional(),
  type: z.enum(webhookTypes).optional(),
  session: SessionId.optional(),
  event: EventId.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  cursor: z.string().max(200).optional(),
  limit: count.min(1).max(100).default(50),
})
export type DeliveryQuery = z.infer<typeof DeliveryQuery>

/** Newest event first. `cursor`: where the next page begins. */
export const DeliveryPage = z.object({ deliveries: z.array(ShownDelivery), cursor: z.string().nullable() })
export type DeliveryPage = z.infer<typeof DeliveryPage>

/** All that failed of events since then. */
export const Recover = z.strictObject({ since: z.iso.datetime() })
export const Recovered = z.object({ count: z.number().int() })

/** Events of these types in a range of time, `to` not included; without `again` only those that the endpoint does not have. */
export const StartReplay = z
  .strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    events: z.array(WebhookPattern).min(1).max(50).optional(),
    again: z.boolean().default(false),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], error: 'must be later than from' })
export type StartReplay = z.infer<typeof StartReplay>

export const ShownReplay = z.object({
  id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  again: z.boolean(),
  state: z.enum(['running', 'done']),
  /** Deliveries that it has made or begun anew so far. */
  count: z.number().int(),
  createdAt: z.iso.datetime(),
})
export type ShownReplay = z.infer<typeof ShownReplay>
export const ReplayList = z.object({ replays: z.array(ShownReplay) })

export const WebhookCatalogue = z.object({
  types: z.array(
    z.object({ type: z.enum(webhookTypes), description: z.string(), schema: z.unknown(), example: z.unknown() }),
  ),
})
