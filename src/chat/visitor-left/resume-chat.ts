import type { ResumeTokens } from '../../access/resume-tokens.ts'
import type { Tokens } from '../../access/tokens.ts'
import type { StartedSession } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { ChatDeps } from '../chat.ts'

interface ResumeDeps extends Pick<ChatDeps, 'log'> {
  resumeTokens: ResumeTokens
  tokens: Tokens
}

/** A visitor's token for what the link in an email carries. Throws `unauthorized` when it is over or no longer good. */
export async function resumeChat(deps: ResumeDeps, link: string): Promise<StartedSession> {
  const { session, visitor, epoch, isFor } = await deps.resumeTokens.verify(link)
  const chat = await deps.log.state(session)
  const isGood = chat && chat.visitor.id === visitor && chat.epoch === epoch && isFor(chat.visitor.email)
  if (!isGood) throw new DeskbridgeError('unauthorized')
  const token = await deps.tokens.forVisitor({ id: visitor, session, name: chat.visitor.name })
  return { sessionId: session, token, epoch, visitorId: visitor }
}
