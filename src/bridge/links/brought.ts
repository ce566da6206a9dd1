import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { DestinationName } from '../port/connector.ts'
import { bindingsOf } from './bindings.ts'

/** Events that are at a destination since then. */
interface Brought {
  to: DestinationName
  from: Seq
  upTo: Seq
  /** Epoch ms. */
  at: number
}

/** What of these chats was brought where, and when. */
export async function broughtOf(
  connection: Connection,
  sessions: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, Brought[]>> {
  const projection = { session: 1, destination: 1, from: 1, to: 1, at: 1 } as const
  const found = await bindingsOf(connection)
    .find({ session: { $in: [...sessions] } }, { projection })
    .toArray()
  const brought = found.flatMap(({ session, destination, from, to, at }) =>
    // A thread's own post carries nothing of the log, and the oldest records do not say when they were made.
    to < from || at === undefined ? [] : [{ session, to: destination, from, upTo: to, at }],
  )
  return Map.groupBy(brought, ({ session }) => session)
}
