import type { ChatFacts } from '../../../bridge/port/asked.ts'
import type { BroughtOf, Budget, LinkView, NextCall, ReadLog } from '../../../bridge/port/call.ts'
import type { LogEvent } from '../../../contract/event.ts'
import type { RouteFacts } from '../route.ts'
import type { Addresses } from '../words/wording.ts'
import type { Body } from './body.ts'

export interface PlanOptions extends Addresses {
  /** Where a new thread begins. */
  channelOf(chat: RouteFacts): Promise<string>
  /** Whether an inbox's threads may be in a channel. */
  isPlaceOf(inbox: string, channel: string): Promise<boolean>
  now(): number
  /** Of posts to one channel. */
  budget(channel: string): Budget
  /** Of changes, wherever. */
  changes: Budget
  facts: ChatFacts
  /** Where the console shows chats. */
  consoleUrl: string
  /** Whether a chat can have a ticket. */
  tickets: boolean
}

export type Planned = Pick<NextCall, 'from' | 'to' | 'asOf'> &
  Partial<Pick<NextCall, 'part' | 'parts' | 'lane'>> & { body: Body }

/** The range of a call that covers nothing. */
export const nothingOf = ({ link, events }: Known): Pick<NextCall, 'from' | 'to'> => {
  const from = events[0]?.seq ?? link.cursor + 1
  return { from, to: from - 1 }
}

/** Where a thread is. */
export interface Root {
  channel: string
  ts: string
}

/** What a plan is made of: events after the cursor, and what lies before it. */
export interface Known {
  link: LinkView
  events: readonly LogEvent[]
  readLog: ReadLog
  brought: BroughtOf
}
