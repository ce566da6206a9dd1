import type { Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Becoming } from '../abuse/may-enter.ts'
import type { Visiting } from './identify-session.ts'
import type { KnownVisitors } from './known-visitors.ts'
import { type Proof, type ProveDeps, proveIdentity } from './prove-identity.ts'

/** A customer and the visitor that they are in this inbox. */
export interface Proven {
  id: VisitorId
  proof: Proof
}

export interface IdentityDeps extends ProveDeps {
  visitors: KnownVisitors
}

/** Nobody becomes known here whom `mayBecome` refuses. Throws `identity_invalid`. */
export async function proveVisitor(
  deps: IdentityDeps,
  inbox: string,
  token: string,
  mayBecome: (becoming: Becoming) => Promise<void>,
): Promise<Proven> {
  const proof = await proveIdentity(deps, inbox, token)
  const known = await deps.visitors.find(inbox, proof.externalId)
  await mayBecome({ visitor: known ?? undefined, email: proof.email })
  return { id: known ?? (await deps.visitors.of(inbox, proof.externalId)), proof }
}

/**
 * Who starts a chat: the customer whom an identity token proves, without a `visitor` when they were never here, else whoever was here before by a token that leads beyond
 * its chat, else somebody new. An earlier token never makes a known customer: whoever finds it on a shared computer is not them.
 * Throws `identity_required`, `identity_invalid`.
 */
export async function whoStarts(
  deps: IdentityDeps,
  inbox: Pick<Inbox, 'key' | 'identityRequired'>,
  identityToken: string | undefined,
  earlier: Identity | null,
): Promise<{ visitor: VisitorId | undefined; proof?: Proof }> {
  if (identityToken !== undefined) {
    const proof = await proveIdentity(deps, inbox.key, identityToken)
    return { visitor: (await deps.visitors.find(inbox.key, proof.externalId)) ?? undefined, proof }
  }
  if (inbox.identityRequired) throw new DeskbridgeError('identity_required')
  const isBack = earlier?.kind === 'visitor' && leads(earlier, deps.now()) && !(await deps.visitors.has(earlier.id))
  return { visitor: isBack ? earlier.id : undefined }
}

/** Whether a visitor's token leads beyond its own chat. */
export const leads = ({ leadsUntil = 0 }: Visiting, now: number): boolean => leadsUntil > now
