import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import { mostRead } from '../../log/read.ts'

/**
 * A reader's place in a session's log. Doorbells say how far the log goes; the follower reads what lies between and hands
 * it on in order, each event once.
 */
export interface Follower {
  readonly cursor: Seq
  /** The log goes at least so far. With the event itself, if it is at hand, the next one needs no read. */
  ring(head: Seq, event?: LogEvent): void
  stop(): void
}

/** Events read at once for a reader who does not keep up. */
const forSlow = 10

export interface FollowerDeps {
  /** What the reader has. */
  after: Seq
  read(after: Seq, limit: number): Promise<LogEvent[]>
  /** Hands an event on; answers whether the reader saw it (a hidden one leaves its position as it was). */
  send(event: LogEvent, prev: Seq): boolean
  /** Whether they may be handed more of what is read: who is far behind is given no more than they take. */
  hasRoom(): boolean
  /** Resolves when they may. */
  room(): Promise<void>
  onError(error: unknown): void
}

export function createFollower(deps: FollowerDeps): Follower {
  let cursor = deps.after
  /** The last position that the reader was told. */
  let told = deps.after
  let head = deps.after
  let reading = false
  let stopped = false

  const take = (event: LogEvent) => {
    cursor = event.seq
    if (deps.send(event, told)) told = event.seq
  }

  /** Answers whether there was room for all of it. What is left is not kept, but read again. */
  const handOn = (page: readonly LogEvent[]): boolean => {
    for (const event of page) {
      if (!deps.hasRoom()) return false
      if (!stopped && event.seq === cursor + 1) take(event)
    }
    return true
  }

  const catchUp = async () => {
    reading = true
    let limit = mostRead
    try {
      while (!stopped && cursor < head) {
        await deps.room()
        const page = await deps.read(cursor, limit)
        if (page.length === 0) return
        limit = handOn(page) ? mostRead : forSlow
      }
    } catch (error) {
      // The next doorbell or the healing round tries again.
      deps.onError(error)
    } finally {
      reading = false
    }
  }

  return {
    get cursor() {
      return cursor
    },
    ring(to, event) {
      if (stopped || to <= cursor) return
      head = Math.max(head, to)
      if (reading) return
      if (event && event.seq === cursor + 1) take(event)
      if (cursor < head) void catchUp()
    },
    stop() {
      stopped = true
    },
  }
}
