import type { Reach } from '../../bridge/conversation.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Config } from '../../platform/settings.ts'
import type { ChatDeps } from '../chat.ts'
import { wayOfAnswers } from '../mail/way-of-answers.ts'
import type { Presence } from '../presence/presence.ts'

export interface ReachDeps extends Pick<ChatDeps, 'log' | 'now'> {
  presence: Pick<Presence, 'whereabouts'>
  config: Pick<Config, 'mail' | 'zendesk'>
}

/** Whether an answer comes to the visitor: they are there, or have only just left, or are mailed what they miss. */
export async function reach({ log, now, presence, config }: ReachDeps, session: SessionId): Promise<Reach> {
  const [where] = await presence.whereabouts([`visitor:${session}`])
  if (where === undefined || where.kind === 'unknown') return 'unknown'
  if (where.kind === 'here' || now() - (where.since ?? 0) < config.mail.afterGone) return 'reached'
  const isMailed = wayOfAnswers(config) !== 'off' && (await log.state(session))?.visitor.email !== undefined
  return isMailed ? 'reached' : 'left'
}
