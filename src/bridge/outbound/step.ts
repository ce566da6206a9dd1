import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Conversation } from '../conversation.ts'
import type { Destinations } from '../destinations.ts'
import type { Doorbell, Scheduler } from '../doorbell.ts'
import type { LookAgain } from '../inbound/next-look.ts'
import type { Bindings } from '../links/bindings.ts'
import type { Leases } from '../links/lease.ts'
import type { Link } from '../links/link.ts'
import type { Connector, DestinationName } from '../port/connector.ts'

export interface DeliverDeps {
  conversation: Pick<Conversation, 'linkTicket'>
  leases: Leases
  bindings: Bindings
  destinations: Destinations
  budgets: Budgets
  doorbell: Doorbell
  scheduler: Scheduler
  connectors: ReadonlyMap<DestinationName, Connector>
  read(session: SessionId, after: Seq, limit?: number): Promise<LogEvent[]>
  marker(): string
  now(): number
  retryDelay(failures: number): number
  times: {
    callTimeout: number
    callMargin: number
    settle: number
    settleCheck: number
    lookAgain: readonly LookAgain[]
  }
  logger: Logger
}

/**
 * What a step leaves: more to do, nothing before a time, nothing before the destination is resumed, nothing at all, or a
 * lease that another has taken.
 */
export type Step =
  | { kind: 'more'; link: Link }
  | { kind: 'caught_up'; link: Link }
  | { kind: 'wait'; link: Link; until: number }
  | { kind: 'held'; link: Link }
  | { kind: 'done' }
  | { kind: 'lost' }
