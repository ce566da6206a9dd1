import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, EventDraft, Origin } from '../../contract/event.ts'
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
  return revise(deps, session, messageId, by, edited(deps, text, by))
}

/** Takes a message and its file out of every view for good. Repeating it answers with the deletion that is there. */
export async function deleteMessage(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  by: Author,
): Promise<{ seq: Seq }> {
  return withoutFile(deps, session, messageId, () => revise(deps, session, messageId, by, deleted(by)))
}

/** What its author did to a message where they wrote it, `origin`. Throws as `editMessage`. */
export async function reviseArrived(
  deps: Deps,
  { session, of, origin, text }: { session: SessionId; of: EventKey; origin: Origin; text: string | null },
): Promise<void> {
  const event = await deps.log.find(session, of)
  if (event?.type !== 'message') throw new DeskbridgeError('not_found')
  const { _id: id, actor } = event
  if (text !== null) await revise(deps, session, id, null, edited(deps, text, actor, origin))
  else await withoutFile(deps, session, id, () => revise(deps, session, id, null, deleted(actor, origin)))
}

const edited =
  (deps: Deps, text: string, actor: Actor, origin: Origin = 'deskbridge') =>
  (message: MessageNow): EventDraft | null => {
    const content = checkContent(text, deps.limits.maxMessageSize, message.event.body.file !== undefined)
    if (message.content === content) return null
    return { type: 'message_edited', actor, origin, body: { ...targetOf(message), content } }
  }

const deleted =
  (actor: Actor, origin: Origin = 'deskbridge') =>
  (message: MessageNow): EventDraft | null =>
    message.deleted ? null : { type: 'message_deleted', actor, origin, body: targetOf(message) }

async function withoutFile(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  remove: () => Promise<{ seq: Seq }>,
): Promise<{ seq: Seq }> {
  const file = (await deps.messages.get(session, messageId))?.event.body.file
  if (file) await deps.files.lookAgain(file.id)
  const removed = await remove()
  // The message is gone whatever the store says; a sweep goes on with the file.
  if (file) await deps.files.remove(file.id).catch(() => {})
  return removed
}

const targetOf = ({ event }: MessageNow) => ({
  message: event._id,
  messageSeq: event.seq,
  internal: event.body.internal,
})

/** `by`: who asks for it here. `null` from `draft`: it is so already. */
async function revise(
  deps: Deps,
  session: SessionId,
  messageId: EventId,
  by: Author | null,
  draft: (message: MessageNow) => EventDraft | null,
): Promise<{ seq: Seq }> {
  for (;;) {
    const message = await deps.messages.get(session, messageId)
    if (!message) throw new DeskbridgeError('not_found')
    if (by) checkAuthor(message, by)
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
