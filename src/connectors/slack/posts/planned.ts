import type { BroughtOf, Budget, LinkTo, LinkView, NextCall, ReadLog } from '../../../bridge/port.ts'
import type { LogEvent } from '../../../contract/event.ts'
import type { ChatFacts } from '../route.ts'
import type { Body } from './body.ts'

export interface PlanOptions {
  /** Where a new thread begins. */
  channelOf(chat: ChatFacts): Promise<string>
  /** Of posts to one channel. */
  budget(channel: string): Budget
  /** Of changes, wherever. */
  changes: Budget
  linkTo: LinkTo
}

export type Planned = Pick<NextCall, 'from' | 'to' | 'asOf'> & { part?: number; parts?: number; body: Body }

/** What a plan is made of: events after the cursor, and what lies before it. */
export interface Known {
  link: LinkView
  events: readonly LogEvent[]
  readLog: ReadLog
  brought: BroughtOf
}
