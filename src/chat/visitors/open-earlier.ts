import type { Tokens } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { Visiting } from '../identity/identify-session.ts'
import { type IdentityDeps, leads } from '../identity/identities.ts'
import { mayOpen } from '../realtime/identity.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'

type Deps = Pick<ChatDeps, 'log' | 'now'> & { identities: Pick<IdentityDeps, 'visitors'> }

/**
 * The chat of a visitor who may see all that they had in this inbox. The token of a chat is enough if it leads so far;
 * a known customer's does for as long as the proof counts that it came from. Throws `identity_required`, `forbidden`.
 */
export async function openOwn(deps: Deps, identity: Visiting): Promise<SessionSummary> {
  const own = await openSession(deps, identity.session)
  mayOpen(identity, own)
  if (leads(identity, deps.now())) return own
  const isKnown = await deps.identities.visitors.has(identity.id)
  throw new DeskbridgeError(isKnown ? 'identity_required' : 'forbidden')
}

/** A token for another chat of the same visitor in the same inbox. Throws `not_found`, `identity_required`. */
export async function openEarlier(
  deps: Deps & { tokens: Tokens },
  session: SessionId,
  identity: Visiting,
): Promise<{ sessionId: SessionId; token: string }> {
  const own = await openOwn(deps, identity)
  const earlier = await openSession(deps, session)
  if (earlier.inbox !== own.inbox || earlier.visitor.id !== own.visitor.id) throw new DeskbridgeError('not_found')
  const { kind: _, ...who } = identity
  return { sessionId: session, token: await deps.tokens.forVisitor({ ...who, session, name: earlier.visitor.name }) }
}
