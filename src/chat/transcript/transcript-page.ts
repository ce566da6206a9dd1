import type { Seq, SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { MessageStore } from '../messages/message-store.ts'
import { openSession } from '../sessions/open-session.ts'
import { aboutChat } from './about.ts'
import { makeTranscript } from './make-transcript.ts'
import { htmlRendering } from './render-html.ts'

/** The chat up to `upTo` as the visitor may see it, as a page that is attached elsewhere. Throws `not_found`, `unavailable`. */
export async function transcriptPage(
  deps: Pick<ChatDeps, 'log' | 'pictures'> & { messages: MessageStore; inboxes: Inboxes; linkTo: LinkTo },
  session: SessionId,
  upTo: Seq,
): Promise<Uint8Array> {
  const chat = await openSession(deps, session)
  const about = { ...(await aboutChat(deps.inboxes, chat)), upTo }
  const { linkTo, pictures } = deps
  const reader = { kind: 'visitor', id: chat.visitor.id, linkTo, pictureAt: pictures.at } as const
  return Buffer.from((await Array.fromAsync(makeTranscript(deps, about, reader, htmlRendering))).join(''))
}
