import type { Connection } from 'mongoose'
import type { DeliveryId, Seq, SessionId } from '../../contract/ids.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { fanOutsOf } from '../fan-out/stored.ts'
import { type Delivery, deliveriesOf } from './stored.ts'

export interface Pulled {
  due: DeliveryId[]
  /** There may be others. */
  isMore: boolean
}

/** What is due for an endpoint, the longest due first; where order is asked for, one of each chat. */
export type Pull = (endpoint: StoredEndpoint, room: number) => Promise<Pulled>

type Candidate = Pick<Delivery, '_id' | 'session' | 'seq' | 'nextAt'>
const projection = { session: 1, seq: 1, nextAt: 1 } as const
/** Of one look, where many may have to wait for others. */
const mostLookedAt = 100
/** What is not its turn is looked at again by then; its predecessor has it looked at sooner. ms */
const notYetMs = 60_000

export function createPull({ connection, now }: { connection: Connection; now(): number }): Pull {
  const deliveries = deliveriesOf(connection)

  const dueOf = ({ _id }: StoredEndpoint, limit: number): Promise<Candidate[]> =>
    deliveries
      .find({ waitsFor: _id, nextAt: { $lte: now() } }, { projection })
      .sort({ nextAt: 1 })
      .limit(limit)
      .toArray()

  /** A claim is no promise that it is delivered: what is before waits until it was recorded. */
  const firstWaiting = async (
    { _id: endpoint }: StoredEndpoint,
    sessions: SessionId[],
  ): Promise<Map<SessionId, Seq>> => {
    const waiting = { session: { $in: sessions }, endpoint, state: 'waiting' }
    const firsts = deliveries.aggregate<{ _id: SessionId; first: Seq }>([
      { $match: waiting },
      { $group: { _id: '$session', first: { $min: '$seq' } } },
    ])
    return new Map((await firsts.toArray()).map(({ _id, first }) => [_id, first]))
  }

  /** Chats whose deliveries are all written as far as this: a fan-out that died in the middle may have left some out. */
  const writtenUpTo = async (sessions: SessionId[]): Promise<Map<SessionId, Seq>> => {
    const known = await fanOutsOf(connection)
      .find({ _id: { $in: sessions } })
      .toArray()
    return new Map(known.map(({ _id, cursor }) => [_id, cursor]))
  }

  /** Unless somebody has put it on meanwhile. */
  const putOff = async (blocked: readonly Candidate[]) => {
    const writes = blocked.map(({ _id, nextAt }) => ({
      updateOne: { filter: { _id, nextAt }, update: { $set: { nextAt: now() + notYetMs } } },
    }))
    if (writes.length > 0) await deliveries.bulkWrite(writes, { ordered: false })
  }

  const inOrder = async (endpoint: StoredEndpoint, room: number): Promise<Pulled> => {
    const found = await dueOf(endpoint, mostLookedAt)
    const sessions = [...new Set(found.flatMap(({ session }) => session ?? []))]
    const [firsts, written] = await Promise.all([firstWaiting(endpoint, sessions), writtenUpTo(sessions)])
    const isTurn = ({ session, seq }: Candidate) =>
      session === null || seq === null || (firsts.get(session) === seq && (written.get(session) ?? 0) >= seq)
    await putOff(found.filter((each) => !isTurn(each)))
    const due = found.filter(isTurn).map(({ _id }) => _id)
    return { due: due.slice(0, room), isMore: due.length > room || found.length === mostLookedAt }
  }

  return async (endpoint, room) => {
    if (endpoint.ordered) return inOrder(endpoint, room)
    const due = await dueOf(endpoint, room)
    return { due: due.map(({ _id }) => _id), isMore: due.length === room }
  }
}
