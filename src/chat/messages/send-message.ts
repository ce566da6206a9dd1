import type { LogEvent } from '../../contract/event.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { type NewMessage, postMessage } from './post-message.ts'

export interface SendDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now'> {
  messageRate: RateLimit
}

/** A message of somebody who is connected to us: what `postMessage` does, within the sender's limit. Throws `rate_limited`. */
export async function sendMessage(
  deps: SendDeps,
  message: NewMessage & { actor: Extract<Caller, { kind: 'visitor' | 'agent' }> },
): Promise<LogEvent> {
  await deps.messageRate.take(message.actor.id)
  return postMessage(deps, message)
}
