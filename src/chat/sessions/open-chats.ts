import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { SessionSummary } from './summary.ts'

/** Chats that are not closed, by id, those after `after`. */
export async function openChats(connection: Connection, after: SessionId | null, limit: number): Promise<SessionId[]> {
  const found = await summariesOf<SessionSummary>(connection)
    .find(
      { 'state.status': { $ne: 'closed' }, ...(after !== null && { _id: { $gt: after } }) },
      { projection: { _id: 1 } },
    )
    .sort({ _id: 1 })
    .limit(limit)
    .toArray()
  return found.map(({ _id }) => _id)
}
