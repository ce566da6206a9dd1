import type { Connection } from 'mongoose'
import type { Visitor } from '../../contract/event.ts'
import type { Epoch, Seq, SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from './summary.ts'

/** What tells other systems which chat it is. */
interface ChatPlace {
  epoch: Epoch
  inbox: { key: string; name: string }
  visitor: Pick<Visitor, 'id'>
  erasedUpTo: Seq
}

/** Chats as they stand, in one read; those that are not there are left out. */
export type ChatsNow = (sessions: readonly SessionId[]) => Promise<ReadonlyMap<SessionId, ChatPlace>>

export function createChatsNow(
  deps: Pick<ChatDeps, 'log'> & { connection: Connection; inboxes: Pick<Inboxes, 'list'> },
): ChatsNow {
  const summaries = summariesOf<SessionSummary>(deps.connection)
  const projection = { 'state.epoch': 1, 'state.inbox': 1, 'state.visitor.id': 1, 'state.erasedUpTo': 1 } as const

  return async (sessions) => {
    const stored = await summaries.find({ _id: { $in: [...sessions] } }, { projection }).toArray()
    const states = new Map(stored.map(({ _id, state }) => [_id, state]))
    // One that has only just begun is in the log alone.
    for (const session of sessions) {
      const state = states.get(session) ?? (await deps.log.state(session))
      if (state) states.set(session, state)
    }
    const names = new Map((await deps.inboxes.list()).map(({ key, name }) => [key, name]))
    return new Map(
      [...states].map(([session, { epoch, inbox, visitor, erasedUpTo }]) => [
        session,
        { epoch, inbox: { key: inbox, name: names.get(inbox) ?? inbox }, visitor: { id: visitor.id }, erasedUpTo },
      ]),
    )
  }
}
