import type { WebhookType } from '../../contract/webhook-event.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { isWanted } from '../events/pattern.ts'

/** Clocks of two machines may differ by as much, and an event too many does less harm than one too few. ms */
const clocksApartMs = 5_000

export interface Happened {
  type: WebhookType
  at: Date
  /** None: it concerns all. */
  inboxes: readonly string[]
}

/** Whether an endpoint is told of it: it wants such events, of such an inbox, and was on when it happened. */
export const isFor = (endpoint: StoredEndpoint, { type, at, inboxes }: Happened): boolean =>
  concerns(endpoint, { type, inboxes }) && at.getTime() >= endpoint.since.getTime() - clocksApartMs

/** The same, whenever it happened. */
export const concerns = (
  { events, inboxes: wanted }: Pick<StoredEndpoint, 'events' | 'inboxes'>,
  { type, inboxes }: Pick<Happened, 'type' | 'inboxes'>,
): boolean =>
  isWanted(events, type) &&
  (wanted.length === 0 || inboxes.length === 0 || inboxes.some((inbox) => wanted.includes(inbox)))
