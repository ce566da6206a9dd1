import type { Connection, mongo } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { DeliveryId, type EndpointId } from '../../contract/ids.ts'
import type {
  DeliveryPage,
  DeliveryQuery,
  EndpointCounts,
  ShownDelivery,
  WholeDelivery,
} from '../../contract/webhook.ts'
import { after, cursorOf, placeOf } from '../../platform/page-cursor.ts'
import { attemptsOf, keptMs, shownAttempt } from './attempts.ts'
import type { Bodies } from './body.ts'
import { type Delivery, deliveriesOf, deliveryIdOf } from './stored.ts'

const newest = { at: -1, _id: -1 } as const
/** Throws `invalid_input` for a cursor of another list. */
export async function findDeliveries(connection: Connection, query: DeliveryQuery): Promise<DeliveryPage> {
  const found = await deliveriesOf(connection)
    .find(conditionsOf(query))
    .sort(newest)
    .limit(query.limit + 1)
    .toArray()
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1) : undefined
  return { deliveries: page.map(shown), cursor: last ? cursorOf({ at: last.at, id: last._id }) : null }
}

/** Of a schedule there are ten, and some more of each resend. */
const mostShown = 200

/** Throws `not_found`. */
export async function getDelivery(
  { connection, bodies, now }: { connection: Connection; bodies: Pick<Bodies, 'payloadOf'>; now(): number },
  id: string,
): Promise<WholeDelivery> {
  const delivery = await findDelivery(connection, id)
  const kept = { delivery: delivery._id, at: { $gt: new Date(now() - keptMs) } }
  const attempts = await attemptsOf(connection).find(kept).sort({ at: 1 }).limit(mostShown).toArray()
  const payload = delivery.isTest ? null : await bodies.payloadOf(delivery)
  return {
    ...shown(delivery),
    log: attempts.map(shownAttempt),
    payload,
  }
}

/** Throws `not_found`. */
export async function findDelivery(connection: Connection, id: string): Promise<Delivery> {
  const _id = DeliveryId.safeParse(id).data
  const delivery = _id ? await deliveriesOf(connection).findOne({ _id }) : null
  if (!delivery) throw new DeskbridgeError('not_found')
  return delivery
}

const mostCounted = 1_000

export async function countDeliveries(connection: Connection, endpoint: EndpointId): Promise<EndpointCounts> {
  const deliveries = deliveriesOf(connection)
  const counted = { limit: mostCounted }
  const [waiting, failed, oldest] = await Promise.all([
    deliveries.countDocuments({ waitsFor: endpoint }, counted),
    deliveries.countDocuments({ endpoint, state: 'failed' }, counted),
    deliveries
      .find({ waitsFor: endpoint }, { projection: { at: 1 } })
      .sort({ nextAt: 1 })
      .limit(1)
      .next(),
  ])
  return { waiting, failed, waitingSince: oldest?.at.toISOString() ?? null }
}

export function shown(delivery: Delivery): ShownDelivery {
  const { _id: id, endpoint: endpointId, event: eventId, session: sessionId, type, seq, at, state, tries } = delivery
  return {
    ...{ id, endpointId, eventId, type, sessionId, seq, state },
    happenedAt: at.toISOString(),
    attempts: tries,
    nextAt: state === 'waiting' ? new Date(delivery.nextAt).toISOString() : null,
    lastAt: delivery.lastAt?.toISOString() ?? null,
    lastStatus: delivery.lastStatus,
    lastWhy: delivery.lastWhy,
    isTest: delivery.isTest,
  }
}

/** None of them in an `$and`, which keeps the store from the index of those that failed. */
function conditionsOf({
  endpoint,
  state,
  type,
  session,
  event,
  from,
  to,
  cursor,
}: DeliveryQuery): mongo.Filter<Delivery> {
  return {
    endpoint,
    ...(state && { state }),
    ...(type && { type }),
    ...(session && { session }),
    ...(event && { _id: deliveryIdOf(endpoint, event) }),
    ...((from || to) && { at: { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) } }),
    ...(cursor && after(placeOf(cursor), 'at')),
  }
}
