import type { SendMessage } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import { messageTypeOf } from '../../contract/file-text.ts'
import type { FileId, SessionId } from '../../contract/ids.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { suspectIn } from '../abuse/may-enter.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { messageKey, participantIn } from './message-key.ts'
import { postFile } from './post-file.ts'
import { type NewMessage, postMessage } from './post-message.ts'

export interface SendDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now' | 'files'> {
  messageRate: RateLimit
  blocks: Blocks
}

/** Who sends, and where from. */
export interface Sender {
  actor: Extract<Caller, { kind: 'visitor' | 'agent' }>
  ip: string | undefined
}

/**
 * A message of somebody who is connected to us: what `postMessage` does, within the sender's limit, unless they are blocked,
 * with the file that they uploaded for it. Throws `rate_limited`, `blocked`, `not_found` for a file that they cannot send.
 */
export async function sendMessage(
  deps: SendDeps,
  session: SessionId,
  sender: Sender,
  { messageType, content, file, clientMessageId, isInternal }: Omit<SendMessage, 'sessionId'>,
): Promise<LogEvent> {
  const { actor } = sender
  if ((messageType === 'text') !== (file === undefined)) throw wrong('file', 'goes with the types image and file')
  await deps.messageRate.take(actor.id)
  const key = messageKey(actor, clientMessageId)
  const message = { session, key, actor, content, internal: isInternal, origin: 'deskbridge' }
  return file
    ? sendFile(deps, message, sender, { id: file.fileId, messageType })
    : postUnlessBlocked(deps, message, sender)
}

async function postUnlessBlocked(deps: SendDeps, message: NewMessage, { actor, ip }: Sender): Promise<LogEvent> {
  if (actor.kind === 'agent') return postMessage(deps, message)
  const blocked = await deps.blocks.current()
  return postMessage(deps, message, (state) =>
    blocked.blocks(suspectIn(state, ip), deps.now()) ? new DeskbridgeError('blocked') : null,
  )
}

function sendFile(
  deps: SendDeps,
  message: NewMessage,
  sender: Sender,
  { id, messageType }: { id: FileId; messageType: SendMessage['messageType'] },
): Promise<LogEvent> {
  const file = { id, by: participantIn(sender.actor) }
  const post = (withFile: NewMessage) => postUnlessBlocked(deps, withFile, sender)
  return postFile(deps, message, file, post, (found) => {
    if (messageTypeOf(found) !== messageType)
      throw wrong('messageType', `the file is of the type ${messageTypeOf(found)}`)
  })
}

const wrong = (path: string, problem: string) => new DeskbridgeError('invalid_input', { details: [{ path, problem }] })
