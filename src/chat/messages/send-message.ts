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

export interface SayDeps extends Pick<ChatDeps, 'log' | 'limits' | 'now' | 'files'> {
  blocks: Blocks
}

export interface SendDeps extends SayDeps {
  messageRate: RateLimit
}

/** Who sends, and where from. */
export interface Sender {
  actor: Extract<Caller, { kind: 'visitor' | 'agent' }>
  ip: string | undefined
}

/** A message of somebody who is connected to us: what `say` does, within the sender's limit. Throws `rate_limited` besides. */
export async function sendMessage(
  deps: SendDeps,
  session: SessionId,
  { actor, ip }: Sender,
  { clientMessageId, isInternal: internal, ...said }: Omit<SendMessage, 'sessionId'>,
): Promise<LogEvent> {
  checkKind(said)
  await deps.messageRate.take(actor.id)
  const key = messageKey(actor, clientMessageId)
  return say(deps, { session, key, actor, internal, ...said }, { by: participantIn(actor), ip })
}

type Said = Pick<SendMessage, 'messageType' | 'content' | 'file'>
type Saying = Said & Pick<NewMessage, 'session' | 'key' | 'actor' | 'internal'>

/** Whose uploads may go along, and from where it comes. */
interface Source {
  by: string
  ip: string | undefined
}

/**
 * What `postMessage` does, unless it is a visitor's who is blocked, with the file that was uploaded for it. Throws `blocked`,
 * `not_found` for a file that they cannot send.
 */
export async function say(deps: SayDeps, saying: Saying, { by, ip }: Source): Promise<LogEvent> {
  const { messageType, file, ...said } = saying
  checkKind(saying)
  const message = { ...said, origin: 'deskbridge' }
  const post = (complete: NewMessage) => postUnlessBlocked(deps, complete, ip)
  return file ? sendFile(deps, message, { id: file.fileId, by, messageType }, post) : post(message)
}

function checkKind({ messageType, file }: Pick<Said, 'messageType' | 'file'>): void {
  if ((messageType === 'text') !== (file === undefined)) throw wrong('file', 'goes with the types image and file')
}

async function postUnlessBlocked(deps: SayDeps, message: NewMessage, ip: string | undefined): Promise<LogEvent> {
  if (message.actor.kind !== 'visitor') return postMessage(deps, message)
  const blocked = await deps.blocks.current()
  return postMessage(deps, message, (state) =>
    blocked.blocks(suspectIn(state, ip), deps.now()) ? new DeskbridgeError('blocked') : null,
  )
}

function sendFile(
  deps: SayDeps,
  message: NewMessage,
  { messageType, ...file }: { id: FileId; by: string; messageType: Said['messageType'] },
  post: (message: NewMessage) => Promise<LogEvent>,
): Promise<LogEvent> {
  return postFile(deps, message, file, post, (found) => {
    if (messageTypeOf(found) !== messageType)
      throw wrong('messageType', `the file is of the type ${messageTypeOf(found)}`)
  })
}

const wrong = (path: string, problem: string) => new DeskbridgeError('invalid_input', { details: [{ path, problem }] })
