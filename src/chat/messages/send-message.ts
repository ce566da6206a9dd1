import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { suspectIn } from '../abuse/may-enter.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { type NewMessage, postMessage } from './post-message.ts'

export interface SendDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now'> {
  messageRate: RateLimit
  blocks: Blocks
}

/**
 * A message of somebody who is connected to us: what `postMessage` does, within the sender's limit and unless they are
 * blocked. Throws `rate_limited`, `blocked`. `ip`: where it comes from.
 */
export async function sendMessage(
  deps: SendDeps,
  message: NewMessage & { actor: Extract<Caller, { kind: 'visitor' | 'agent' }> },
  ip?: string,
): Promise<LogEvent> {
  await deps.messageRate.take(message.actor.id)
  if (message.actor.kind === 'agent') return postMessage(deps, message)
  const blocked = await deps.blocks.current()
  return postMessage(deps, message, (state) =>
    blocked.blocks(suspectIn(state, ip), deps.now()) ? new DeskbridgeError('blocked') : null,
  )
}
