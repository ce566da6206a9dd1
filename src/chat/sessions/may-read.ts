import type { Context } from 'hono'
import type { Identity } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { mayOpen } from '../realtime/identity.ts'
import { openSession } from './open-session.ts'
import type { SessionSummary } from './summary.ts'

/** Text that is no id is an id of nothing. */
export function sessionOf(c: Context): SessionId {
  const id = SessionId.safeParse(c.req.param('id'))
  if (!id.success) throw new DeskbridgeError('not_found')
  return id.data
}

/** The session that a path names, for those who may open it. Throws `unauthorized`, `not_found`. */
export async function mayRead(
  deps: Pick<ChatDeps, 'log'> & { who: Who },
  c: Context,
): Promise<{ session: SessionId; summary: SessionSummary; identity: Identity }> {
  const identity = await deps.who.identity(c)
  const session = sessionOf(c)
  const summary = await openSession(deps, session)
  mayOpen(identity, summary)
  return { session, summary, identity }
}
