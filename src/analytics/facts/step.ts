import type { LogEvent } from '../../contract/event.ts'
import type { Calendar } from '../calendar/calendar.ts'
import type { Took } from './facts.ts'
import type { Standing } from './standing.ts'

/** One event of a chat, and how the chat stood before and after it. */
export interface Step<E extends LogEvent = LogEvent> {
  event: E
  /** Epoch ms. */
  at: number
  /** Undefined: it is the first. */
  before: Standing | undefined
  after: Standing
}

/** Clocks of two machines may differ: nothing takes less than no time. */
export const took = (calendar: Calendar, from: number, until: number): Took => ({
  ms: Math.max(0, until - from),
  businessMs: calendar.businessMs(from, until),
})
