import type { Context } from 'hono'
import type { Identity } from '../../access/tokens.ts'
import type { KeyIdentity, Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { SessionId } from '../../contract/ids.ts'
import type { Scope } from '../../contract/key.ts'
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

type ReadDeps = Pick<ChatDeps, 'log'> & { who: Who }

interface MayRead<T> {
  session: SessionId
  summary: SessionSummary
  identity: T
}

/** The session that a path names, for those who may open it. Throws `unauthorized`, `not_found`. */
export const mayRead = async (deps: ReadDeps, c: Context): Promise<MayRead<Identity>> =>
  opened(deps, c, await deps.who.identity(c))

/** The same, for keys with this scope as well. Throws `forbidden` besides. */
export const mayReadByKey = async (
  deps: ReadDeps,
  c: Context,
  scope: Scope,
): Promise<MayRead<Identity | KeyIdentity>> => opened(deps, c, await deps.who.identityOrKey(c, scope))

async function opened<T extends Identity | KeyIdentity>(deps: ReadDeps, c: Context, identity: T): Promise<MayRead<T>> {
  const session = sessionOf(c)
  const summary = await openSession(deps, session)
  mayOpen(identity, summary)
  return { session, summary, identity }
}
