import type { Context } from 'hono'
import type { Standing } from '../../access/standing.ts'
import type { AgentIdentity, Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { AgentId, Seq, SessionId } from '../../contract/ids.ts'
import type { Config } from '../../platform/settings.ts'
import type { Statuses } from '../agents/statuses.ts'
import { roomsOf } from '../agents/team.ts'
import type { TeamNewsTeller } from '../agents/team-news.ts'
import type { ChatDeps } from '../chat.ts'
import type { Presence, Who } from '../presence/presence.ts'
import { openSession } from '../sessions/open-session.ts'
import { comeBackAfter, comeBackLater } from './come-back.ts'
import { losesAccess, mayOpen, readerOf, whoseDevice } from './identity.ts'
import { frameFor, sessionInfo } from './project-for.ts'
import { recheck } from './recheck.ts'
import type { Rooms } from './rooms.ts'
import type { ChatServer } from './socket.ts'
import { openStream, type StreamLine } from './stream-line.ts'

export interface Streams {
  open(c: Context, session: SessionId, identity: Identity, position: string | undefined): Promise<Response>
  /** What agents are told outside of a chat. */
  openTeam(c: Context, identity: AgentIdentity): Promise<Response>
  /** Says again who reads here. */
  sayHere(): Promise<void>
  /** Ends what may not be read any more. */
  recheckAll(): Promise<void>
  /** The same at once for one agent's streams. */
  recheck(agent: AgentId): Promise<void>
  /** A stream takes the place of a socket. */
  count(): number
  /** Lets nobody in any more. How each of those who are here is to go. */
  leave(): (() => Promise<void>)[]
  /** The server cannot close while a stream is open. */
  endAll(): void
}

interface StreamDeps extends ChatDeps {
  rooms: Rooms
  presence: Presence
  standing: Standing
  statuses: Pick<Statuses, 'connected'>
  teamNews: Pick<TeamNewsTeller, 'follow'>
  io: ChatServer
  config: Pick<Config, 'times'>
  random(): number
}

/** Server-sent events with ids `<epoch>:<seq>`; a bare `seq` is accepted as a position, too. */
export function createStreams(deps: StreamDeps): Streams {
  const open = new Map<() => void, { who: Who; device: string; identity: Identity }>()
  let isLeaving = false

  const recheckAll = async (streams: readonly [() => void, { identity: Identity }][]) => {
    await Promise.all(
      streams.map(async ([end, { identity }]) => {
        if ((await recheck(deps.standing, identity)) !== 'stays') end()
      }),
    )
  }

  /** A connection of this identity's for as long as the stream is open. `follow` answers how to end it. */
  const connect = (c: Context, identity: Identity, follow: (line: StreamLine) => Promise<() => void>): Response => {
    if (isLeaving) return comeBackLater(c, deps.random())
    if (deps.io.engine.clientsCount + open.size >= deps.limits.maxConnections) throw new DeskbridgeError('server_full')
    return openStream(c, deps.config.times.heartbeat, async (line, ended) => {
      const device = { who: whoseDevice(identity), device: deps.ids.token(), identity }
      open.set(line.end, device)
      void deps.presence.here([device])
      let unfollow = () => {}
      try {
        unfollow = await follow(line)
        await ended
      } finally {
        open.delete(line.end)
        void deps.presence.gone(device.who, device.device)
        unfollow()
      }
    })
  }

  return {
    async open(c, session, identity, position) {
      const summary = await openSession(deps, session)
      mayOpen(identity, summary)
      const after = positionIn(position, summary.epoch, summary.seq)
      const reader = readerOf(identity, deps)
      return connect(c, identity, async (line) => {
        const info = sessionInfo(summary, reader, after)
        line.write('session_info', `${summary.epoch}:${after}`, info, comeBackAfter(deps.random()))
        const send = (event: LogEvent, prev: Seq) => {
          if (losesAccess(identity, event)) {
            line.end()
            return false
          }
          const frame = frameFor(event, prev, reader)
          if (frame) line.write(frame.event, `${summary.epoch}:${event.seq}`, frame.data)
          return frame !== null
        }
        const following = deps.rooms.follow(session, after, { ...line, send })
        try {
          following.ring((await deps.log.state(session))?.seq ?? after)
        } catch (error) {
          following.stop()
          throw error
        }
        return following.stop
      })
    },
    async openTeam(c, identity) {
      return connect(c, identity, async (line) => {
        void deps.statuses.connected(identity.id)
        const unfollow = deps.teamNews.follow(roomsOf(identity), ({ event, data }) => line.write(event, '', data))
        line.write('ready', '', {}, comeBackAfter(deps.random()))
        return unfollow
      })
    },
    sayHere: () => deps.presence.here([...open.values()]),
    recheckAll: () => recheckAll([...open]),
    count: () => open.size,
    recheck: (agent) => recheckAll([...open].filter(([, { identity }]) => identity.id === agent)),
    leave() {
      isLeaving = true
      return [...open.keys()].map((end) => async () => end())
    },
    endAll() {
      isLeaving = true
      for (const end of open.keys()) end()
    },
  }
}

/** Where to begin: after the position, or now when there is none or it belongs to another life of the session. */
export function positionIn(position: string | undefined, epoch: string, head: number): number {
  const [, life, digits] = /^(?:(\w+):)?(\d+)$/.exec(position ?? '') ?? []
  const isKnown = digits !== undefined && (life === undefined || life === epoch)
  return isKnown ? Math.min(Number(digits), head) : head
}
