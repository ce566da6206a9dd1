import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { begin, newDelivery } from '../deliveries/begin.ts'
import { putOn } from '../deliveries/put-on.ts'
import { type Delivery, deliveriesOf } from '../deliveries/stored.ts'
import { type Doorbell, pullsFor } from '../doorbell.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import type { ChatNow } from '../events/chat-now.ts'
import { webhookTypeOf } from '../events/type-of.ts'
import { fanOutsOf } from './stored.ts'
import { isFor } from './wanted.ts'

/** Writes down, for each endpoint that is to be told of it, what a chat's log has after the cursor. May run twice at once. */
export type FanOut = (session: SessionId) => Promise<void>

export interface FanOutDeps {
  connection: Connection
  read(session: SessionId, after: Seq): Promise<LogEvent[]>
  chatsNow(sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, ChatNow>>
  known: Pick<KnownEndpoints, 'on' | 'onNow'>
  doorbell: Doorbell
  now(): number
}

export function createFanOut(deps: FanOutDeps): FanOut {
  const { connection, read, chatsNow, known, doorbell, now } = deps
  const deliveries = deliveriesOf(connection)
  const fanOuts = fanOutsOf(connection)

  /** A worker that looked while the cursor was not moved yet has put off those that go in order. */
  const letGo = async (wanted: readonly Delivery[], endpoints: readonly StoredEndpoint[]) => {
    const inOrder = new Set(endpoints.filter(({ ordered }) => ordered).map(({ _id }) => _id))
    const ids = wanted.filter(({ endpoint }) => inOrder.has(endpoint)).map(({ _id }) => _id)
    if (ids.length > 0) await putOn(deliveries, { _id: { $in: ids }, tries: 0 }, now())
  }

  return async (session) => {
    if ((await known.on()).length === 0) return
    let cursor = (await fanOuts.findOne({ _id: session }))?.cursor ?? 0
    const inbox = (await chatsNow([session])).get(session)?.inbox.key
    if (inbox === undefined) return
    for (;;) {
      const events = await read(session, cursor)
      const last = events.at(-1)
      if (!last) return
      // After the events: whoever was told that an endpoint is on is told of what was committed after that.
      const endpoints = await known.onNow()
      const wanted = events.flatMap((event) => deliveriesOfEvent(event, inbox, endpoints, now()))
      await begin(deliveries, wanted)
      await fanOuts.updateOne({ _id: session }, { $max: { cursor: last.seq } }, { upsert: true })
      await letGo(wanted, endpoints)
      await doorbell.ring(pullsFor(wanted))
      cursor = last.seq
    }
  }
}

export function deliveriesOfEvent(
  event: LogEvent,
  inbox: string,
  endpoints: readonly StoredEndpoint[],
  now: number,
): Delivery[] {
  const type = webhookTypeOf(event)
  if (type === null) return []
  const { _id, session, seq, at } = event
  return endpoints
    .filter((endpoint) => isFor(endpoint, { type, at, inboxes: [inbox] }))
    .map((endpoint) => newDelivery(endpoint._id, { event: _id, type, session, seq, at }, now))
}
