import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { requestTicket } from './request-ticket.ts'

export interface UnansweredDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  inboxes: Pick<Inboxes, 'list'>
}

/** Chats in one sweep; the next takes the next ones. */
const most = 200
const by = { kind: 'system', rule: 'unanswered' } as const

/** Chats that nobody has answered for as long as their inbox says become tickets. */
export async function requestForUnanswered(deps: UnansweredDeps): Promise<void> {
  for (const inbox of await deps.inboxes.list())
    if (inbox.zendesk.when.includes('unanswered'))
      for (const session of await unanswered(deps, inbox)) await requestTicket(deps, session, by)
}

async function unanswered({ connection, now }: UnansweredDeps, { key, zendesk }: Inbox): Promise<SessionId[]> {
  const found = await connection
    .collection<Summary<SessionSummary>>('sessions')
    .find(
      {
        'state.status': 'queued',
        'state.inbox': key,
        'state.asked': { $ne: null },
        'state.waitingSince': { $lte: new Date(now() - zendesk.unansweredAfter) },
        'state.ticketRequested': null,
      },
      { projection: { _id: 1 } },
    )
    .limit(most)
    .toArray()
  return found.map(({ _id }) => _id as SessionId)
}
