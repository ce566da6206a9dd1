import { type Connection, Schema } from 'mongoose'
import type { ChatListName, ChatListQuery } from '../../contract/lists.ts'
import { summariesOf } from '../../log/summaries.ts'
import { cursorOf, placeOf } from '../../platform/page-cursor.ts'
import type { SessionSummary } from '../sessions/summary.ts'

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ 'state.status': 1, 'state.lastMessageAt': -1, _id: -1 })
schema.index({ 'state.status': 1, 'state.closedAt': -1, _id: -1 })
schema.index({ 'state.assignee.id': 1, 'state.lastMessageAt': -1, _id: -1 })

/** The summaries' indexes of the lists that agents work from. The queue has its own, by the time of waiting. */
export const chatListModel = (connection: Connection) => connection.model('ChatList', schema, 'sessions')

/** Counted no further: so many are many. */
const mostCounted = 10_000

type Time = 'waitingSince' | 'lastMessageAt' | 'closedAt'

interface ListOrder {
  holds: Record<string, unknown>
  by: Time
  direction: 1 | -1
}

const since = { $gt: new Date(0) }

function orderOf(list: ChatListName, me: string): ListOrder {
  switch (list) {
    case 'queue':
      return { holds: { 'state.status': 'queued' }, by: 'waitingSince', direction: 1 }
    case 'mine':
      return { holds: { 'state.assignee.id': me }, by: 'lastMessageAt', direction: -1 }
    case 'all':
      return { holds: { 'state.status': { $in: ['queued', 'active'] } }, by: 'lastMessageAt', direction: -1 }
    case 'closed':
      return { holds: { 'state.status': 'closed' }, by: 'closedAt', direction: -1 }
  }
}

export interface Listed {
  chats: SessionSummary[]
  total: number
  cursor: string | null
}

/** A page of a list, as it is stored, for whoever has these inboxes (none: all). */
export async function listChats(
  connection: Connection,
  list: ChatListName,
  { limit, cursor }: ChatListQuery,
  { id, inboxes }: { id: string; inboxes: readonly string[] },
): Promise<Listed> {
  const { holds, by, direction } = orderOf(list, id)
  const at = `state.${by}`
  const conditions = [
    holds,
    // What the visitor has said nothing in, and nobody else, is nobody's work yet.
    { [at]: since, $or: [{ 'state.asked': { $ne: null } }, { 'state.answered': { $ne: null } }] },
    ...(inboxes.length > 0 ? [{ 'state.inbox': { $in: [...inboxes] } }] : []),
  ]
  const from = cursor ? [beyond(cursor, at, direction)] : []
  const sessions = summariesOf<SessionSummary>(connection)
  const [found, total] = await Promise.all([
    sessions
      .find({ $and: [...conditions, ...from] })
      .sort({ [at]: direction, _id: direction })
      .limit(limit + 1)
      .toArray(),
    sessions.countDocuments({ $and: conditions }, { limit: mostCounted }),
  ])
  const chats = found.slice(0, limit).map(({ state }) => state)
  const last = chats.at(-1)
  const time = found.length > limit ? last?.[by] : null
  return { chats, total, cursor: last && time ? cursorOf({ at: time, id: last.id }) : null }
}

/** What stands after a place, in either direction. Throws `invalid_input` for a cursor of another list. */
function beyond(cursor: string, field: string, direction: 1 | -1): Record<string, unknown> {
  const { at, id } = placeOf(cursor)
  const further = direction === 1 ? '$gt' : '$lt'
  return { $or: [{ [field]: { [further]: at } }, { [field]: at, _id: { [further]: id } }] }
}
