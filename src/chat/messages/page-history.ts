import type { HistoryPage, HistoryQuery } from '../../contract/chat.ts'
import type { SessionId } from '../../contract/ids.ts'
import { maySee } from '../../contract/may-see.ts'
import type { ChatDeps } from '../chat.ts'
import { messageFor } from '../realtime/project-for.ts'
import type { Reader } from '../realtime/reader.ts'
import { openSession } from '../sessions/open-session.ts'
import type { MessageStore } from './message-store.ts'

/** A page of messages as they are now: the newest, those before `before`, or those after `after` (positions in the log). */
export async function pageHistory(
  deps: Pick<ChatDeps, 'log'> & { messages: MessageStore },
  session: SessionId,
  query: HistoryQuery,
  reader: Reader,
): Promise<HistoryPage> {
  const summary = await openSession(deps, session)
  const base = { sessionId: session, epoch: summary.epoch }
  if (query.after !== undefined) {
    const until = Math.min(query.after + query.limit, summary.seq)
    const found = await deps.messages.between(session, query.after + 1, until + 1)
    const messages = found.filter(({ event }) => maySee(event, reader)).map((message) => messageFor(message, reader))
    return { ...base, seq: Math.max(until, query.after), messages, hasMore: until < summary.seq }
  }
  const before = query.before ?? summary.seq + 1
  const found = await deps.messages.before(session, before, query.limit + 1, reader.kind === 'agent')
  const page = found.slice(-query.limit)
  return {
    ...base,
    seq: summary.seq,
    messages: page.map((message) => messageFor(message, reader)),
    hasMore: found.length > page.length,
  }
}
