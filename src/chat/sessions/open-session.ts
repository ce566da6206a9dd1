import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from './summary.ts'

/** The session as it is now. Throws `not_found`. */
export async function openSession(deps: Pick<ChatDeps, 'log'>, session: SessionId): Promise<SessionSummary> {
  const summary = await deps.log.state(session)
  if (!summary) throw new DeskbridgeError('not_found')
  return summary
}
