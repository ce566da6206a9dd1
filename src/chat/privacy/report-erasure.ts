import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { ErasedChat, ErasureReport } from '../../contract/privacy.ts'
import { type Erasure, erasuresOf } from './erasures.ts'

const pageSize = 100

/** How far an erasure is, chat by chat and place by place, of the given inboxes (none: all). Throws `not_found`. */
export async function reportErasure(
  connection: Connection,
  request: string,
  inboxes: readonly string[],
  after = '',
): Promise<ErasureReport> {
  const erasures = erasuresOf(connection)
  const theirs = { request: { $eq: request }, ...(inboxes.length > 0 && { inbox: { $in: [...inboxes] } }) }
  const [total, pending, page] = await Promise.all([
    erasures.countDocuments(theirs),
    erasures.countDocuments({ ...theirs, state: 'pending' }),
    erasures
      .find({ ...theirs, _id: { $gt: `${request}:${after}` } })
      .sort({ _id: 1 })
      .limit(pageSize + 1)
      .toArray(),
  ])
  const first = page.at(0) ?? (await erasures.findOne(theirs))
  if (!first) throw new DeskbridgeError('not_found')
  const chats = page.slice(0, pageSize)
  return {
    id: request,
    state: pending > 0 ? 'pending' : 'done',
    reason: first.reason,
    requestedBy: first.by,
    requestedAt: first.at.toISOString(),
    total,
    pending,
    chats: chats.map(shown),
    cursor: page.length > pageSize ? (chats.at(-1)?.session ?? null) : null,
  }
}

const shown = ({ session, inbox, visitor, state, upTo, copies, destinations }: Erasure): ErasedChat => ({
  sessionId: session,
  inbox,
  visitorId: visitor,
  state,
  upTo,
  copies,
  destinations,
})
