import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import { oneByOne } from '../../platform/one-by-one.ts'
import type { ChatServer, ChatSocket } from '../realtime/socket.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { estimateWait } from './estimate-wait.ts'
import { lastServed } from './queue-place.ts'
import { inOrder, inQueue } from './waiting-chats.ts'

export interface PlaceTeller {
  /** The queue moved: visitors are told a moment later, so that many changes are told as one. */
  moved(): void
  tell(): Promise<void>
  stop(): void
}

const momentMs = 1_000

/** Tells the visitors on this node where they stand: one read of the queue, and a word only to those who moved. */
export function createPlaceTeller(deps: {
  connection: Connection
  io: ChatServer
  now(): number
  onError(error: unknown): void
}): PlaceTeller {
  const told = new WeakMap<ChatSocket, number>()
  let timer: NodeJS.Timeout | undefined

  // Or somebody who was told of a newer place would be told of an older one after it.
  const tell = oneByOne(async () => {
    const sockets = visitorsOn(deps.io)
    if (sockets.size === 0) return
    const places = await placesOf(deps.connection, sockets)
    const inboxes = new Set([...places.values()].map(({ inbox }) => inbox))
    const served = new Map(
      await Promise.all([...inboxes].map(async (inbox) => [inbox, await lastServed(deps, inbox)] as const)),
    )
    for (const [sessionId, there] of sockets) {
      const place = places.get(sessionId)
      for (const socket of there) {
        if (told.get(socket) === place?.position) continue
        if (!place) {
          told.delete(socket)
          continue
        }
        const { position, inbox } = place
        told.set(socket, position)
        socket.emit('queue_position', { sessionId, position, waitMs: estimateWait(position, served.get(inbox) ?? []) })
      }
    }
  })

  return {
    moved() {
      timer ??= setTimeout(() => {
        timer = undefined
        tell().catch(deps.onError)
      }, momentMs)
    },
    tell,
    stop: () => clearTimeout(timer),
  }
}

function visitorsOn(io: ChatServer): Map<SessionId, ChatSocket[]> {
  const visitors = new Map<SessionId, ChatSocket[]>()
  for (const socket of io.of('/').sockets.values()) {
    const { identity, following } = socket.data
    if (identity.kind !== 'visitor' || !following.has(identity.session)) continue
    visitors.set(identity.session, [...(visitors.get(identity.session) ?? []), socket])
  }
  return visitors
}

/** Read in the queue's order and no further than to the last of those who are here. */
async function placesOf(connection: Connection, wanted: ReadonlyMap<SessionId, unknown>) {
  const lengths = new Map<string, number>()
  const places = new Map<SessionId, { inbox: string; position: number }>()
  const queue = summariesOf<SessionSummary>(connection)
    .find(inQueue, { projection: { 'state.inbox': 1 } })
    .sort(inOrder)
  for await (const { _id, state } of queue) {
    const position = (lengths.get(state.inbox) ?? 0) + 1
    lengths.set(state.inbox, position)
    if (wanted.has(_id)) places.set(_id, { inbox: state.inbox, position })
    if (places.size === wanted.size) break
  }
  return places
}
