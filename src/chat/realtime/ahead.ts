import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { eventsOf } from '../../log/events.ts'
import { mostRead } from '../../log/read.ts'

/** One read of index keys for many sessions: a bounded range after each position. */
export const createAhead = (connection: Connection) => async (after: ReadonlyMap<SessionId, Seq>) => {
  const heads = new Map<SessionId, Seq>()
  if (after.size === 0) return heads
  const ranges = [...after].map(([session, seq]) => ({ session, seq: { $gt: seq, $lte: seq + mostRead } }))
  const found = eventsOf(connection).find(
    { $or: ranges },
    { projection: { _id: 0, session: 1, seq: 1 }, readConcern: { level: 'majority' } },
  )
  for await (const { session, seq } of found) heads.set(session, Math.max(seq, heads.get(session) ?? 0))
  return heads
}
