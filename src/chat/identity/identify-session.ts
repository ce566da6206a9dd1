import type { Identity, Tokens } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Identified } from '../../contract/identity.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { changeVisitor } from '../visitors/update-visitor.ts'
import { withProof } from '../visitors/visitor-facts.ts'
import type { IdentityDeps, Proven } from './identities.ts'

export type Visiting = Extract<Identity, { kind: 'visitor' }>

/**
 * The chat is this customer's from now on, and the token that comes back takes the place of the one before. A chat that
 * is another customer's stays theirs, even once it was erased: `forbidden`.
 */
export async function identifySession(
  deps: Pick<ChatDeps, 'log' | 'ids'> & { tokens: Tokens; identities: Pick<IdentityDeps, 'visitors'> },
  session: SessionId,
  by: Visiting,
  { id, proof }: Proven,
): Promise<Identified & { identity: Visiting }> {
  if (by.id !== id && (await deps.identities.visitors.has(by.id))) throw new DeskbridgeError('forbidden')
  const { seq, visitor } = await changeVisitor(deps, session, (before) => {
    if (before.verified && before.externalId !== proof.externalId) return new DeskbridgeError('forbidden')
    const visitor = withProof(before, id, proof)
    return { by: { kind: 'visitor', id, ...(visitor.name && { name: visitor.name }) }, visitor }
  })
  const identity = { kind: 'visitor', id, session, name: visitor.name, leadsUntil: proof.until } as const
  return { seq, visitorId: id, token: await deps.tokens.forVisitor(identity), identity }
}
