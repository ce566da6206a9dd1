import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { createFollower, type Follower, type FollowerDeps } from './follower.ts'

export interface Following extends Follower {
  session: SessionId
}

/** Every reader on this node, by session. */
export interface Rooms {
  follow(session: SessionId, after: Seq, reader: Pick<FollowerDeps, 'send' | 'hasRoom' | 'room'>): Following
  /** A doorbell from here (with the event) or from another node. */
  ring(session: SessionId, head: Seq, event?: LogEvent): void
  /** Asks the store, in one read, whether any session followed here has gone on unheard. */
  heal(): Promise<void>
}

/** Sessions asked about in one read. */
const batch = 200

export function createRooms(deps: {
  log: Pick<Log<SessionSummary>, 'read'>
  /** Heads of those sessions that have events after the given positions. */
  ahead(after: ReadonlyMap<SessionId, Seq>): Promise<ReadonlyMap<SessionId, Seq>>
  onError(error: unknown): void
}): Rooms {
  const rooms = new Map<SessionId, Set<Following>>()

  const leave = (following: Following) => {
    const room = rooms.get(following.session)
    room?.delete(following)
    if (room?.size === 0) rooms.delete(following.session)
  }

  const ring: Rooms['ring'] = (session, head, event) => {
    for (const following of rooms.get(session) ?? []) following.ring(head, event)
  }

  return {
    follow(session, after, reader) {
      const follower = createFollower({
        after,
        read: (from, limit) => deps.log.read(session, from, limit),
        ...reader,
        onError: deps.onError,
      })
      const following: Following = {
        session,
        get cursor() {
          return follower.cursor
        },
        ring: follower.ring,
        stop() {
          follower.stop()
          leave(following)
        },
      }
      const room = rooms.get(session) ?? new Set()
      rooms.set(session, room.add(following))
      return following
    },
    ring,
    async heal() {
      const lowest = [...rooms].map(
        ([session, room]) => [session, Math.min(...[...room].map((one) => one.cursor))] as const,
      )
      for (let start = 0; start < lowest.length; start += batch) {
        const ahead = await deps.ahead(new Map(lowest.slice(start, start + batch)))
        for (const [session, head] of ahead) ring(session, head)
      }
    },
  }
}
