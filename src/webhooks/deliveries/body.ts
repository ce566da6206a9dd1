import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import { EventId, type SessionId } from '../../contract/ids.ts'
import type { WebhookPayload } from '../../contract/webhook-event.ts'
import { eventsOf } from '../../log/events.ts'
import { together } from '../../platform/together.ts'
import type { Addresses, ChatNow } from '../events/chat-now.ts'
import { makePayload } from '../events/make-payload.ts'
import { ownEventsOf } from '../own/stored.ts'
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
  const payloads = async (wanted: readonly Of[]): Promise<ReadonlyMap<string, WebhookPayload>> => {
    const [ofChats, own] = await Promise.all([
      chatPayloads(deps, idsOf(wanted.filter(({ session }) => session !== null))),
      ownPayloads(deps, idsOf(wanted.filter(({ session }) => session === null))),
    ])
    return new Map([...ofChats, ...own])
  }

  const bodies = together(async (wanted: readonly Of[]) => {
    const bytes = new Map<string, Uint8Array>()
    for (const [event, payload] of await payloads(wanted)) bytes.set(event, Buffer.from(JSON.stringify(payload)))
    return wanted.map(({ event }) => bytes.get(event) ?? null)
  }, most)

  return {
    payloadOf: async (delivery) => (await payloads([delivery])).get(delivery.event) ?? null,
    of: bodies,
  }
}

const idsOf = (wanted: readonly Of[]): EventId[] =>
  [...new Set(wanted.map(({ event }) => event))].flatMap((id) => EventId.safeParse(id).data ?? [])

/** The chats are read after their events, so that no erasure falls between the two. */
async function chatPayloads(
  { connection, chatsNow, addresses }: BodiesDeps,
  ids: readonly EventId[],
): Promise<[string, WebhookPayload][]> {
  if (ids.length === 0) return []
  const wanted = { _id: { $in: [...ids] } }
  const events: LogEvent[] = await eventsOf(connection).find(wanted, committed).toArray()
  const chats = await chatsNow([...new Set(events.map(({ session }) => session))])
  return events.flatMap((event): [string, WebhookPayload][] => {
    const chat = chats.get(event.session)
    const payload = chat ? makePayload(event, chat, addresses) : null
    return payload ? [[event._id, payload]] : []
  })
}

async function ownPayloads({ connection }: BodiesDeps, ids: readonly EventId[]): Promise<[string, WebhookPayload][]> {
  if (ids.length === 0) return []
  const wanted = { _id: { $in: [...ids] } }
  const found = await ownEventsOf(connection).find(wanted).toArray()
  return found.map(({ _id, payload }) => [_id, payload])
}
