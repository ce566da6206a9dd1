import type { Seq } from '../../contract/ids.ts'
import { maySee } from '../../contract/may-see.ts'
import type { ChatDeps } from '../chat.ts'
import type { MessageNow } from '../messages/message-now.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { knownUpTo, mailedThere } from '../sessions/fold-missed.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** In one email; what is beyond goes with the next. */
const most = 100
const width = 200

/** What a visitor is mailed: answers, but for those that are mailed where they were written. */
const isForMail = (state: SessionSummary, { event, content, deleted }: MessageNow): boolean =>
  maySee(event, { kind: 'visitor' }) &&
  (event.actor.kind === 'agent' || event.actor.kind === 'colleague') &&
  !mailedThere(state, event.origin) &&
  !deleted &&
  (content.trim() !== '' || event.body.file !== undefined)

/** The answers that the visitor does not know up to `upTo`, oldest first, read in bounded ranges. */
export async function missedAnswers(
  deps: Pick<ChatDeps, 'log'> & { messages: MessageStore },
  state: SessionSummary,
  upTo: Seq,
): Promise<MessageNow[]> {
  const found: MessageNow[] = []
  for (let from = knownUpTo(state) + 1; from <= upTo && found.length < most; from += width) {
    const page = await deps.messages.between(state.id, from, Math.min(from + width, upTo + 1))
    found.push(...page.filter((message) => isForMail(state, message)))
  }
  return found.slice(0, most)
}
