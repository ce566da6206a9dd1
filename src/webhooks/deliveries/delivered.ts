import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { deliveriesOf } from './stored.ts'

/** An event that an endpoint has taken. */
interface Delivered {
  to: 'webhook'
  from: Seq
  upTo: Seq
  /** Epoch ms. */
  at: number
}

/** What of these chats endpoints have taken, and when; as long as deliveries are kept. */
export async function deliveredOf(
  connection: Connection,
  sessions: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, Delivered[]>> {
  const projection = { session: 1, seq: 1, lastAt: 1 } as const
  const found = await deliveriesOf(connection)
    .find({ session: { $in: [...sessions] }, state: 'delivered' }, { projection })
    .toArray()
  const taken = found.flatMap(({ session, seq, lastAt }) =>
    session === null || seq === null || lastAt === null
      ? []
      : [{ session, to: 'webhook' as const, from: seq, upTo: seq, at: lastAt.getTime() }],
  )
  return Map.groupBy(taken, ({ session }) => session)
}
