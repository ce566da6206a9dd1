import { type Connection, Schema } from 'mongoose'
import type { SessionInfo, SessionQuery } from '../../contract/chat.ts'
import type { Summary } from '../../log/summaries.ts'
import { after, cursorOf, placeOf } from '../../platform/page-cursor.ts'
import { sessionInfo } from '../realtime/project-for.ts'
import type { Reader } from '../realtime/reader.ts'
import type { SessionSummary } from './summary.ts'

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
const newest = { 'state.createdAt': -1, _id: -1 } as const
schema.index(newest)
schema.index({ 'state.visitor.id': 1, ...newest })
schema.index({ 'state.agents.id': 1, ...newest })
schema.index({ 'state.tags': 1, ...newest })
schema.index({ 'state.status': 1, 'state.activity.at': 1 })
schema.index({ 'state.status': 1, 'state.waitingSince': 1, _id: 1 })
schema.index({ 'state.inbox': 1, 'state.servedAt': -1 })

/** The summaries' indexes by which chats are found. */
export const sessionListModel = (connection: Connection) => connection.model('SessionList', schema, 'sessions')

export interface SessionPage {
  sessions: SessionInfo[]
  /** Asks for the next page; null on the last. */
  cursor: string | null
}

/** Chats of the given inboxes (none: all), newest first. A page begins after the last of the page before it. */
export async function findSessions(
  connection: Connection,
  query: SessionQuery,
  inboxes: readonly string[],
  reader: Pick<Reader, 'kind'>,
): Promise<SessionPage> {
  const { limit } = query
  const filter = {
    $and: [...conditions(query, inboxes), ...(query.cursor ? [after(placeOf(query.cursor), 'state.createdAt')] : [])],
  }
  const found = await connection
    .collection<Summary<SessionSummary>>('sessions')
    .find(filter.$and.length > 0 ? filter : {})
    .sort(newest)
    .limit(limit + 1)
    .toArray()
  const page = found.slice(0, limit).map(({ state }) => state)
  const last = found.length > limit ? page.at(-1) : undefined
  return {
    sessions: page.map((state) => sessionInfo(state, reader)),
    cursor: last ? cursorOf({ at: last.createdAt, id: last.id }) : null,
  }
}

function conditions(query: SessionQuery, inboxes: readonly string[]): Record<string, unknown>[] {
  const { visitor, agent, status, tag, inbox, from, to } = query
  return [
    inboxes.length > 0 && { 'state.inbox': { $in: [...inboxes] } },
    inbox && { 'state.inbox': inbox },
    visitor && { 'state.visitor.id': visitor },
    agent && { 'state.agents.id': agent },
    status && { 'state.status': status },
    tag && { 'state.tags': tag },
    from && { 'state.createdAt': { $gte: new Date(from) } },
    to && { 'state.createdAt': { $lt: new Date(to) } },
  ].filter((condition) => typeof condition === 'object')
}
