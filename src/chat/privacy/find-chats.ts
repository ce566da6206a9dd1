import { type Connection, Schema } from 'mongoose'
import type { FoundChat, FoundChats, VisitorQuery } from '../../contract/privacy.ts'
import type { Summary } from '../../log/summaries.ts'
import type { SessionSummary } from '../sessions/summary.ts'

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ 'state.visitor.email': 1 }, { sparse: true })
schema.index({ 'state.visitor.externalId': 1 }, { sparse: true })
schema.index({ 'state.inbox': 1, 'state.status': 1, 'state.keptSince': 1 })

/** The summaries' indexes by which a person's chats and old ones are found. */
export const keptChatModel = (connection: Connection) => connection.model('KeptChat', schema, 'sessions')
export const keptChatsOf = (connection: Connection) => connection.collection<Summary<SessionSummary>>('sessions')

const mostListed = 500

/** Chats of the given inboxes (none: all). What a visitor said of themself last counts, verified or not. */
export function chatsOf({ visitorId, email, externalId }: VisitorQuery, inboxes: readonly string[]) {
  return {
    ...(visitorId && { 'state.visitor.id': visitorId }),
    ...(email && { 'state.visitor.email': { $regex: `^${literally(email)}$`, $options: 'i' } }),
    ...(externalId && { 'state.visitor.externalId': externalId }),
    ...(inboxes.length > 0 && { 'state.inbox': { $in: [...inboxes] } }),
  }
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

export async function findChats(
  connection: Connection,
  query: VisitorQuery,
  inboxes: readonly string[],
): Promise<FoundChats> {
  const filter = chatsOf(query, inboxes)
  const [total, found] = await Promise.all([
    keptChatsOf(connection).countDocuments(filter),
    keptChatsOf(connection).find(filter).sort({ 'state.createdAt': -1, _id: -1 }).limit(mostListed).toArray(),
  ])
  return { total, chats: found.map(({ state }) => shown(state)) }
}

const shown = ({ id, inbox, status, createdAt, visitor }: SessionSummary): FoundChat => ({
  sessionId: id,
  inbox,
  status,
  createdAt: createdAt.toISOString(),
  visitor: {
    id: visitor.id,
    ...(visitor.name && { name: visitor.name }),
    ...(visitor.email && { email: visitor.email }),
    ...(visitor.externalId && { externalId: visitor.externalId }),
    verified: visitor.verified ?? false,
  },
})
