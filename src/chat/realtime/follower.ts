import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'

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

export interface FollowerDeps {
  /** What the reader has. */
  after: Seq
  read(after: Seq): Promise<LogEvent[]>
  /** Hands an event on; answers whether the reader saw it (a hidden one leaves its position as it was). */
  send(event: LogEvent, prev: Seq): boolean
  /** Waited for before each event that is read: a reader far behind is handed no more than they take. */
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

  const catchUp = async () => {
    reading = true
    try {
      while (!stopped && cursor < head) {
        const page = await deps.read(cursor)
        if (page.length === 0) return
        for (const event of page) {
          await deps.room()
          if (!stopped && event.seq === cursor + 1) take(event)
        }
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
