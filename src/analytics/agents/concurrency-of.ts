import { covered, type Span } from '../calendar/span.ts'

export interface Concurrency {
  /** How long there was any chat. */
  chattingMs: number
  /** How long there were chats, each of them counted. */
  chatsMs: number
}

/** Of the stretches in which an agent had chats, in any order, as far as they are in [from, until). */
export function concurrencyOf(stretches: readonly Span[], from: number, until: number): Concurrency {
  const inOrder = [...stretches].sort((one, other) => one.from - other.from)
  const chatsMs = inOrder.reduce((sum, stretch) => sum + covered([stretch], from, until), 0)
  return { chattingMs: covered(inOrder, from, until), chatsMs }
}
