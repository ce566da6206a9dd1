import type { Identity } from '../../access/tokens.ts'
import type { KeyIdentity } from '../../access/who.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Suspect } from './block-set.ts'
import type { Blocks } from './blocks.ts'

/** What a visitor will be known by, once they have proven or said it. */
export type Becoming = Pick<Suspect, 'visitor' | 'email'>

/**
 * Lets in whoever is not blocked: the team always, a visitor by all that their chat knows of them, and by what they want
 * it to know. Throws `blocked`.
 */
export async function mayEnter(
  deps: Pick<ChatDeps, 'log'> & { blocks: Blocks },
  identity: Identity | KeyIdentity,
  ip: string | undefined,
  becoming: Becoming = {},
): Promise<void> {
  // While nobody is blocked nobody's chat needs to be read.
  if (identity.kind !== 'visitor' || (await deps.blocks.current()).isEmpty) return
  const summary = await deps.log.state(identity.session)
  if (!summary) return
  await deps.blocks.refuse(suspectIn(summary, ip))
  await deps.blocks.refuse({ inbox: summary.inbox, ...becoming })
}

export const suspectIn = ({ inbox, visitor }: SessionSummary, ip: string | undefined): Suspect => ({
  inbox,
  visitor: visitor.id,
  email: visitor.email,
  ip,
})
