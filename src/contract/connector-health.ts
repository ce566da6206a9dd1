import { z } from 'zod'
import { DoneBy } from './audit.ts'
import { Seq, SessionId } from './ids.ts'

/** Chats are counted no further than this. */
export const mostCounted = 10_000

/** `isMore`: there are more than that. */
export const Counted = z.object({ count: z.number().int().max(mostCounted), isMore: z.boolean() })
export type Counted = z.infer<typeof Counted>

/**
 * What a failed call says of the destination. `transient`: it had no effect. `limited`: too many calls. `ambiguous`: it may
 * have had an effect, and is looked up. `repair`: the chat goes on elsewhere there. `halted`: somebody has to act.
 * `refused`: its content is not taken.
 */
export const FailureClass = z.enum(['transient', 'limited', 'ambiguous', 'repair', 'halted', 'refused'])
export type FailureClass = z.infer<typeof FailureClass>

/** `code`: the remote's own word. `next`: what to do. */
export const ConnectorFailure = z.object({
  class: FailureClass,
  code: z.string().nullable(),
  text: z.string(),
  next: z.string(),
  at: z.iso.datetime(),
})
export type ConnectorFailure = z.infer<typeof ConnectorFailure>

/** `off`: its settings are not there. `stopped`: nothing goes on before an administrator has done what `next` says. */
export const ConnectorState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), next: z.string() }),
  z.object({ kind: z.literal('working') }),
  z.object({ kind: z.literal('paused'), by: DoneBy, since: z.iso.datetime(), reason: z.string().nullable() }),
  z.object({
    kind: z.literal('waiting'),
    for: z.enum(['rate_limit', 'outage']),
    since: z.iso.datetime().nullable(),
    until: z.iso.datetime().nullable(),
    next: z.string(),
  }),
  z.object({ kind: z.literal('stopped'), since: z.iso.datetime(), reason: z.string(), next: z.string() }),
])
export type ConnectorState = z.infer<typeof ConnectorState>

/** An environment variable by its name alone. */
export const Setting = z.object({ name: z.string(), isSet: z.boolean() })
export type Setting = z.infer<typeof Setting>

/** Of `burst` calls at once so many are taken; null: Redis does not say. */
export const BudgetInUse = z.object({
  name: z.string(),
  limit: z.number(),
  windowMs: z.number(),
  burst: z.number(),
  taken: z.number().int().nullable(),
})
export type BudgetInUse = z.infer<typeof BudgetInUse>

/**
 * How one destination stands. `events`: how far the counted chats are behind in their
 * logs, with what the destination is not told of. `callsUnderWay`: of the counted chats.
 * `isolated`: events that it did not take. `places`: channels with a trouble of their own. Successes are noted every ten
 * seconds, and of failures the last of each class.
 */
export const ConnectorHealth = z.object({
  name: z.string(),
  isConnected: z.boolean(),
  settings: z.array(Setting),
  state: ConnectorState,
  places: z.array(z.object({ place: z.string(), since: z.iso.datetime(), reason: z.string() })),
  behind: z.object({ chats: Counted, events: z.number().int(), oldestSince: z.iso.datetime().nullable() }),
  callsUnderWay: z.number().int(),
  stopped: z.object({ chats: Counted, isolated: z.number().int() }),
  lastSuccessAt: z.iso.datetime().nullable(),
  lastHeardAt: z.iso.datetime().nullable(),
  lastFailures: z.array(ConnectorFailure),
  budgets: z.array(BudgetInUse),
})
export type ConnectorHealth = z.infer<typeof ConnectorHealth>

export const ConnectorList = z.object({ connectors: z.array(ConnectorHealth) })

export const PauseConnector = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() })

/** `behind`: who has waited longest first. `stopped`: tried in vain, or with events that were not taken. */
export const ConnectorChatQuery = z.strictObject({
  state: z.enum(['behind', 'stopped']).default('behind'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}~ses_[0-9a-z]{24}$/)
    .optional(),
})
export type ConnectorChatQuery = z.infer<typeof ConnectorChatQuery>

/** `nextTryAt` null: not before the destination is resumed. */
export const ConnectorChat = z.object({
  sessionId: SessionId,
  since: z.iso.datetime().nullable(),
  events: z.number().int(),
  isCallUnderWay: z.boolean(),
  nextTryAt: z.iso.datetime().nullable(),
  lastFailure: ConnectorFailure.nullable(),
  isolated: z.object({ first: Seq, last: Seq, count: z.number().int() }).nullable(),
})
export type ConnectorChat = z.infer<typeof ConnectorChat>

export const ConnectorChatPage = z.object({ chats: z.array(ConnectorChat), cursor: z.string().nullable() })
export type ConnectorChatPage = z.infer<typeof ConnectorChatPage>
