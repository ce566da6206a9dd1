import type { HistoryPage, HistoryQuery } from '../../contract/chat.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { messageFor, type Reader } from '../realtime/project-for.ts'
import { openSession } from '../sessions/open-session.ts'
import type { MessageStore } from './project-messages.ts'

/** A page of messages: the newest, those before `before`, or those after `after` (all positions in the log). */
export async function pageHistory(
  deps: Pick<ChatDeps, 'log'> & { messages: MessageStore },
  session: SessionId,
  query: HistoryQuery,
  reader: Reader,
): Promise<HistoryPage> {
  const summary = await openSession(deps, session)
  const base = { sessionId: session, epoch: summary.epoch }
  if (query.after !== undefined)
    return { ...base, ...(await pageAfter(deps, session, query.after, query.limit, reader)) }
  const before = query.before ?? summary.seq + 1
  const found = await deps.messages.before(session, before, query.limit + 1, reader.kind === 'agent')
  const page = found.slice(-query.limit)
  return {
    ...base,
    seq: summary.seq,
    messages: page.map((event) => messageFor(event, reader)),
    hasMore: found.length > page.length,
  }
}

/** Reads on in the log; `seq` is where the next page begins. */
async function pageAfter(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  after: number,
  limit: number,
  reader: Reader,
) {
  const events = await deps.log.read(session, after, limit)
  const seq = events.at(-1)?.seq ?? after
  const messages = events
    .filter((event) => event.type === 'message')
    .filter((event) => reader.kind === 'agent' || !event.body.internal)
    .map((event) => messageFor(event, reader))
  return { seq, messages, hasMore: events.length === limit }
}
