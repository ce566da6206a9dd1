import { z } from 'zod'

/** What is added up of chats, hour by hour. Stored by their places: none is moved or taken away, and a new one comes last. */
export const Counted = z.enum([
  'started',
  'offline',
  'active_days',
  'visitor_messages',
  'agent_messages',
  'bot_messages',
  'notes',
  'transferred',
  'closed',
  'answered',
  'missed',
  'abandoned',
  'reopened',
  'ratings',
  'satisfied',
  'score',
  'queued_ms',
  'online_ms',
  'away_ms',
  'busy_ms',
  'chatting_ms',
  'chats_ms',
])
export type Counted = z.infer<typeof Counted>

/** Times of which averages and percentiles are told. Stored by their places, as those above. ms */
export const Spread = z.enum([
  'wait',
  'abandoned_after',
  'first_response',
  'later_response',
  'automated_response',
  'handling',
  'duration',
  'to_slack',
  'to_zendesk',
  'to_webhook',
])
export type Spread = z.infer<typeof Spread>

/** Told by the clock, or while the inbox is open alone. */
export const Reckoning = z.enum(['calendar', 'business'])
export type Reckoning = z.infer<typeof Reckoning>

/** What a metric is reckoned from: all that was measured in a period, of whatever was asked for. */
export interface Measured {
  sum(of: Counted): number
  /** The most chats that waited at once. */
  longestQueue: number
  /** `quantile` is within one part in a hundred of the value that has it; null where nothing was measured. */
  spread(of: Spread): { count: number; sum: number; quantile(share: number): number | null }
  /** How long the period is. ms */
  periodMs: number
}
