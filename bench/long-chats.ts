import type { Connection } from 'mongoose'
import { messageProjection } from '../src/chat/messages/project-messages.ts'
import { summaryFold } from '../src/chat/sessions/fold-summary.ts'
import type { LogEvent } from '../src/contract/event.ts'
import { EventKey, type SessionId, type VisitorId } from '../src/contract/ids.ts'
import { eventsOf } from '../src/log/events.ts'
import { createProjector } from '../src/log/project.ts'
import { createIds } from '../src/platform/ids.ts'

export interface LongChat {
  session: SessionId
  visitor: VisitorId
}

const made = createIds()
export const ids = { ...made, key: (text: string) => EventKey.parse(text) }

const batch = 5_000

/** A chat's whole log: its start, then messages of its visitor. */
function* logOf({ session, visitor }: LongChat, length: number): Generator<LogEvent> {
  const actor = { kind: 'visitor', id: visitor } as const
  const at = new Date()
  for (let seq = 1; seq <= length; seq += 1) {
    const envelope = { _id: ids.event(), session, seq, key: ids.key(`bench:${seq}`), version: 1, at, actor } as const
    yield seq === 1
      ? {
          ...envelope,
          origin: 'deskbridge',
          type: 'session_started',
          body: { epoch: ids.epoch(), inbox: 'default', visitor: { id: visitor }, channel: 'web' },
        }
      : {
          ...envelope,
          origin: 'deskbridge',
          type: 'message',
          body: { messageType: 'text', content: `Message ${seq} of a long chat`, internal: false },
        }
  }
}

const aChat = (): LongChat => ({ session: ids.session(), visitor: ids.visitor() })

async function insert(connection: Connection, events: Iterable<LogEvent>): Promise<void> {
  let waiting: LogEvent[] = []
  const flush = async () => {
    if (waiting.length > 0) await eventsOf(connection).insertMany(waiting, { ordered: false })
    waiting = []
  }
  for (const event of events) {
    waiting.push(event)
    if (waiting.length === batch) await flush()
  }
  await flush()
}

/** Chats with logs of this length, projected as the service does. */
export async function longChats(connection: Connection, length: number, count: number): Promise<LongChat[]> {
  const projector = createProjector({ connection, fold: summaryFold, projections: [messageProjection] })
  const chats = Array.from({ length: count }, aChat)
  for (const chat of chats) {
    await insert(connection, logOf(chat, length))
    await projector.project(new Map([[chat.session, []]]))
  }
  return chats
}

/** Events of other chats, ten in each. */
export async function fill(connection: Connection, events: number): Promise<void> {
  function* others() {
    for (let made = 0; made < events; made += 10) yield* logOf(aChat(), 10)
  }
  await insert(connection, others())
}
