import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventDraft } from '../../contract/event.ts'
import { type EventId, EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { checkContent } from './content.ts'
import { participantIn } from './message-key.ts'
import type { MessageNow } from './message-now.ts'
import type { MessageStore } from './message-store.ts'

type Author = Extract<Caller, { kind: 'visitor' | 'agent' }>
type Deps = Pick<ChatDeps, 'log' | 'limits' | 'files'> & { messages: MessageStore }

/** Replaces a message's text, or its file's caption; what it said before is kept for agents. Throws `not_found`, `forbidden`, `message_deleted`. */
export function editMessage(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  text: string,
  by: Author,
): Promise<{ seq: Seq }> {
  return revise(deps, session, messageId, by, (message) => {
    const content = checkContent(text, deps.limits.maxMessageSize, message.event.body.file !== undefined)
    return message.content === content
      ? null
      : { type: 'message_edited', actor: by, origin: 'deskbridge', body: { ...targetOf(message), content } }
  })
}

/** Takes a message and its file out of every view for good. Repeating it answers with the deletion that is there. */
export async function deleteMessage(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  by: Author,
): Promise<{ seq: Seq }> {
  const file = (await deps.messages.get(session, messageId))?.event.body.file
  if (file) await deps.files.lookAgain(file.id)
  const deleted = await revise(deps, session, messageId, by, (message) =>
    message.deleted ? null : { type: 'message_deleted', actor: by, origin: 'deskbridge', body: targetOf(message) },
  )
  // The message is gone whatever the store says; a sweep goes on with the file.
  if (file) await deps.files.remove(file.id).catch(() => {})
  return deleted
}

const targetOf = ({ event }: MessageNow) => ({
  message: event._id,
  messageSeq: event.seq,
  internal: event.body.internal,
})

/** `null` from `draft`: it is so already. */
async function revise(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  by: Author,
  draft: (message: MessageNow) => EventDraft | null,
): Promise<{ seq: Seq }> {
  for (;;) {
    const message = await deps.messages.get(session, messageId)
    if (!message) throw new DeskbridgeError('not_found')
    checkAuthor(message, by)
    const next = draft(message)
    if (!next) return { seq: message.revisedSeq || message.event.seq }
    if (message.deleted) throw new DeskbridgeError('message_deleted')
    const revised = await appendUnlessRevised(deps, session, message, next)
    if (revised) return revised
  }
}

/** One key for each state of the message: of two who revise the same text, the later looks again. */
async function appendUnlessRevised(deps: Deps, session: SessionId, message: MessageNow, next: EventDraft) {
  const key = EventKey.parse(`auto:revise:${message.event.seq}:${message.revisedSeq}`)
  try {
    const { event } = await deps.log.append({
      session,
      key,
      decide: (state) => (state ? { append: next } : { refuse: new DeskbridgeError('not_found') }),
    })
    return { seq: event.seq }
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code === 'key_conflict') return null
    throw error
  }
}

function checkAuthor({ event }: MessageNow, by: Author): void {
  if (event.body.internal && by.kind === 'visitor') throw new DeskbridgeError('not_found')
  const isOwn = event.actor.kind === by.kind && participantIn(event.actor) === participantIn(by)
  if (!isOwn) throw new DeskbridgeError('forbidden')
}
