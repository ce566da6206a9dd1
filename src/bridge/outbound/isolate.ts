import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { FrozenCall } from '../port/call.ts'
import type { DestinationName } from '../port/connector.ts'

/** What follows when a remote refuses a call for its content. */
export type Isolation =
  /** Fewer events in the next call. */
  | { kind: 'fewer'; atMost: number }
  /** The refused event stands alone: a placeholder keeps its place. */
  | { kind: 'placeholder'; seq: Seq }
  /** Not even the placeholder is taken: pass the event. */
  | { kind: 'pass'; seq: Seq }
  /** The call carries no event (it opens the thread), so no event is to blame. */
  | { kind: 'none' }

export function isolate(
  call: Pick<FrozenCall, 'from' | 'to'>,
  tried: { atMost: number | null; placeholder: Seq | null },
): Isolation {
  const size = Math.min(call.to - call.from + 1, tried.atMost ?? Number.POSITIVE_INFINITY)
  if (size < 1) return { kind: 'none' }
  if (size > 1) return { kind: 'fewer', atMost: Math.ceil(size / 2) }
  return tried.placeholder === call.from ? { kind: 'pass', seq: call.from } : { kind: 'placeholder', seq: call.from }
}

export const placeholderText = '[A message could not be brought here. It can be read in Deskbridge.]'

interface Limits {
  atMost: number | null
  placeholder: Seq | null
  retell?: Seq
}

/**
 * What a destination is shown of a page: nothing that stands there by itself or was erased meanwhile, no more than it takes,
 * and a placeholder for what it refused.
 */
export function eventsFor(destination: DestinationName, page: readonly LogEvent[], limits: Limits): LogEvent[] {
  const { atMost, retell = 0 } = limits
  const stands = ({ origin, seq }: LogEvent) => origin === destination && seq > retell
  const shown = page.filter((event) => !stands(event) && !(event.type === 'message' && event.erased))
  const few = atMost === null ? shown : shown.slice(0, atMost)
  return few.map((event) => (event.seq === limits.placeholder ? withPlaceholder(event) : event))
}

function withPlaceholder(event: LogEvent): LogEvent {
  return event.type === 'message' ? { ...event, body: { ...event.body, content: placeholderText } } : event
}
