import type { VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { StartRate } from '../sessions/start-rate.ts'
import type { Blocks } from './blocks.ts'
import type { Challenge } from './challenge.ts'

export interface Newcomer {
  inbox: Inbox
  ip: string | undefined
  /** Of an earlier chat. */
  visitor: VisitorId | undefined
  email: string | undefined
  challengeAnswer: string | undefined
}

/** Lets somebody start a chat. Throws `blocked`, `rate_limited`, `challenge_required`. */
export async function admit(
  deps: { blocks: Blocks; startRate: StartRate; challenge: Challenge },
  { inbox, ip, visitor, email, challengeAnswer }: Newcomer,
): Promise<void> {
  await deps.blocks.refuse({ inbox: inbox.key, ip, visitor, email })
  // Whoever is over their own limit, or fails the challenge, uses up nothing of the inbox's.
  await deps.startRate.byOrigin({ ip, visitor })
  await deps.challenge.check(inbox, challengeAnswer, ip)
  await deps.startRate.byInbox(inbox.key)
}
