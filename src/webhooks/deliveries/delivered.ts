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
  const taken = new Map<SessionId, Delivered[]>()
  for (const { session, seq, lastAt } of found) {
    if (session === null || seq === null || lastAt === null) continue
    taken.set(session, [...(taken.get(session) ?? []), { to: 'webhook', from: seq, upTo: seq, at: lastAt.getTime() }])
  }
  return taken
}
