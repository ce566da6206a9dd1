import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { KnownVisitors } from './known-visitors.ts'

interface ForgetDeps extends Pick<ChatDeps, 'log'> {
  connection: Connection
  visitors: Pick<KnownVisitors, 'forget'>
}

/** Forgets the customer of an erased chat, unless another chat still says who they are. Answers how many it forgot. */
export async function forgetCustomer(deps: ForgetDeps, session: SessionId): Promise<number> {
  const chat = await deps.log.state(session)
  if (!chat) return 0
  const { id } = chat.visitor
  const proven = deps.connection
    .collection<Summary<SessionSummary>>('sessions')
    .find({ 'state.visitor.id': id, 'state.visitor.verified': true }, { projection: { _id: 1 } })
  // Summaries lag behind: one that was erased a moment ago may still say it.
  for await (const { _id } of proven) if ((await deps.log.state(_id))?.visitor.verified) return 0
  return (await deps.visitors.forget(id)) ? 1 : 0
}
