import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import { EventId, type SessionId } from '../../contract/ids.ts'
import type { WebhookPayload } from '../../contract/webhook-event.ts'
import { eventsOf } from '../../log/events.ts'
import { together } from '../../platform/together.ts'
import type { Addresses, ChatNow } from '../events/chat-now.ts'
import { makePayload } from '../events/make-payload.ts'
import { ownEventsOf } from '../own/stored.ts'
import { gatherMs } from './gather.ts'
import type { Delivery } from './stored.ts'

type Of = Pick<Delivery, 'event' | 'session'>

/** What is sent of an event, made of the log as it is now. */
export interface Bodies {
  payloadOf(delivery: Of): Promise<WebhookPayload | null>
  /** As bytes; null: there is nothing of it any more. Events that many endpoints are told of are made once. */
  of(delivery: Of): Promise<Uint8Array | null>
}

export interface BodiesDeps {
  connection: Connection
  /** Chats as they stand; those that are not there are left out. */
  chatsNow(sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, ChatNow>>
  addresses: Addresses
}

const most = 200
const committed = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const

export function createBodies(deps: BodiesDeps): Bodies {
  const payloads = async (wanted: readonly Of[]): Promise<ReadonlyMap<string, Payload>> => {
    const [ofChats, own] = await Promise.all([
      chatPayloads(deps, idsOf(wanted.filter(({ session }) => session !== null))),
      ownPayloads(deps, idsOf(wanted.filter(({ session }) => session === null))),
    ])
    return new Map([...ofChats, ...own])
  }

  const bodies = together(
    async (wanted: readonly Of[]) => {
      const bytes = new Map<string, Attempted<Uint8Array | null>>()
      for (const [event, payload] of await payloads(wanted))
        bytes.set(
          event,
          attempt(() => bytesOf(made(payload))),
        )
      return wanted.map(({ event }) => bytes.get(event))
    },
    most,
    gatherMs,
  )

  return {
    payloadOf: async (delivery) => made((await payloads([delivery])).get(delivery.event)),
    of: async (delivery) => made(await bodies(delivery)),
  }
}

/** Of one that cannot be made only those hear who ask for it, and not all of its round. */
type Attempted<T> = { value: T } | { error: unknown }
type Payload = Attempted<WebhookPayload | null>

function attempt<T>(make: () => T): Attempted<T> {
  try {
    return { value: make() }
  } catch (error) {
    return { error }
  }
}

function made<T>(attempted: Attempted<T> | undefined): T | null {
  if (attempted === undefined) return null
  if ('error' in attempted) throw attempted.error
  return attempted.value
}

const bytesOf = (payload: WebhookPayload | null) => payload && Buffer.from(JSON.stringify(payload))

const idsOf = (wanted: readonly Of[]): EventId[] =>
  [...new Set(wanted.map(({ event }) => event))].flatMap((id) => EventId.safeParse(id).data ?? [])

/** The chats are read after their events, so that no erasure falls between the two. */
async function chatPayloads(
  { connection, chatsNow, addresses }: BodiesDeps,
  ids: readonly EventId[],
): Promise<[string, Payload][]> {
  if (ids.length === 0) return []
  const wanted = { _id: { $in: [...ids] } }
  const events: LogEvent[] = await eventsOf(connection).find(wanted, committed).toArray()
  const chats = await chatsNow([...new Set(events.map(({ session }) => session))])
  return events.map((event) => {
    const chat = chats.get(event.session)
    return [event._id, attempt(() => (chat ? makePayload(event, chat, addresses) : null))]
  })
}

async function ownPayloads({ connection }: BodiesDeps, ids: readonly EventId[]): Promise<[string, Payload][]> {
  if (ids.length === 0) return []
  const wanted = { _id: { $in: [...ids] } }
  const found = await ownEventsOf(connection).find(wanted).toArray()
  return found.map(({ _id, payload }) => [_id, { value: payload }])
}
