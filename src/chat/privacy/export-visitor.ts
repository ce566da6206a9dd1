import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { VisitorQuery } from '../../contract/privacy.ts'
import type { ChatDeps } from '../chat.ts'
import { exportChat } from './export-chat.ts'
import { chatsOf, keptChatsOf } from './find-chats.ts'

interface Deps extends Pick<ChatDeps, 'now'> {
  log: Pick<ChatDeps['log'], 'read'>
  connection: Connection
}

/** A `VisitorExport` as pieces of JSON, a chat at a time, whatever number there is. Throws `not_found` before the first. */
export async function exportVisitor(
  deps: Deps,
  query: VisitorQuery,
  inboxes: readonly string[],
): Promise<AsyncIterable<string>> {
  const filter = chatsOf(query, inboxes)
  if (!(await keptChatsOf(deps.connection).findOne(filter))) throw new DeskbridgeError('not_found')
  return pieces(deps, filter)
}

async function* pieces(deps: Deps, filter: ReturnType<typeof chatsOf>): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(new Date(deps.now()).toISOString())},"chats":[`
  let separator = '\n'
  for await (const { _id } of keptChatsOf(deps.connection).find(filter, { projection: { _id: 1 } })) {
    const chat = exportChat(await wholeLog(deps, _id))
    if (chat) yield separator + JSON.stringify(chat)
    separator = ',\n'
  }
  yield '\n]}\n'
}

async function wholeLog({ log }: Deps, session: SessionId): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  for (;;) {
    const page = await log.read(session, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    events.push(...page)
  }
}
