import type { EventType, LogEvent } from '../../contract/event.ts'
import type { Arrival, InboxItem, Missed, Told } from './arrival.ts'
import type {
  BroughtOf,
  Budget,
  EraseStep,
  FrozenCall,
  LinkView,
  NextCall,
  ReadLog,
  Receipt,
  Remote,
  Trace,
} from './call.ts'

export type DestinationName = string

export interface Destination {
  readonly name: DestinationName
  /** Events of other types leave no link behind. */
  readonly wants: ReadonlySet<EventType>
  /** As much of what it remembers of a thread as the thread's own name tells. */
  remoteIn(thread: string): Remote
  /** Where its users open a thread that the team is to know of. */
  urlOf?(thread: string): string
}

/** One remote system. Implemented in `src/connectors/<name>`; throws `RemoteFailure` and nothing else on purpose. */
export interface Connector extends Destination {
  /** Whether a page of events belongs in one call, and what that call is. `null`: nothing of it is for this remote. */
  next(link: LinkView, events: readonly LogEvent[], readLog: ReadLog, brought: BroughtOf): Promise<NextCall | null>
  /** Whether there is something to do in the thread although nothing is new; `next` is asked for it, with no events. */
  owes?(link: LinkView): Promise<boolean>
  /** Where threads are to be. When that has changed, the threads of open chats are looked at. */
  places?(): Promise<string>
  perform(call: FrozenCall, link: LinkView): Promise<Receipt>
  /** Looks for this very call at the remote; `null` when it is not there (yet). */
  find(call: FrozenCall, link: LinkView): Promise<Receipt | null>
  /** Which of these are still in their thread: their markers. None, when the thread is gone. */
  standing(thread: string, brought: readonly { marker: string; remoteId: string }[]): Promise<ReadonlySet<string>>
  /** Takes a late duplicate of ours out of sight. */
  removeTwin(thread: string, remoteId: string): Promise<void>
  /**
   * Takes the next thing in a thread out of sight for good: what is ours, and what people wrote as far as the remote lets
   * us. Repeating a step changes nothing. `from`: null to begin with. What is gone already is done.
   */
  erase(trace: Trace, from: string | null): Promise<EraseStep>
  /** What each step of `erase` takes. */
  readonly eraseBudgets: readonly Budget[]
  /** The body of a frozen call without what people wrote: as much of it as `find` needs. */
  blank(body: unknown): unknown
  /** What is in the thread after `order` (all of it for `null`), oldest first, in bounded pages. */
  missed(remote: Remote, after: string | null): Promise<Missed>
  /** The deletion of an object that does not stand in its thread any more. Null: it does, or nobody can tell. */
  gone?(item: Pick<InboxItem, 'id' | 'thread'>): Promise<InboxItem | null>
  /**
   * Threads in which something happened after `cursor`, by whomever; for `null`, lately. What was told before may be told
   * again.
   */
  changedSince?(cursor: string | null): Promise<{ threads: readonly string[]; next: string; more: boolean }>
  /** `inbox`: of the chat whose thread it is in. */
  understand(item: InboxItem, inbox?: string): Promise<Arrival>
  /**
   * Shows whoever wrote it whether the customer has it; `anew`: in place of what was shown before. May be repeated. Throws
   * what may pass; what the remote refuses for good is done. `raw` is null once it was erased.
   */
  told?(item: Pick<InboxItem, 'id' | 'of' | 'thread' | 'raw'>, told: Told, anew: boolean): Promise<void>
  /** What each `told` takes. */
  readonly toldBudget?: Budget
  /** Those that all its chats share, for whoever asks how much is left of them. */
  readonly budgets?: readonly Budget[]
  /** What each `missed` and each `gone` takes. */
  readonly lookBudget?: Budget
  /** Its pushes carry what happened and are kept even before their thread is known: binding one needs no look. */
  readonly pushesContent?: boolean
}
