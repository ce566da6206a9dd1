import type { ChatState } from '../../core/client.ts'
import { unreadIn } from '../../core/outbox/entries.ts'
import type { HeardMessage, ToHost } from '../messages.ts'

/** What the page was told of a chat. `upTo`: its messages; null: nothing of it was here yet. */
export interface Told {
  sessionId: string | null
  upTo: number | null
  unread: number
}

/** `session` is told first of all, that there is none as well. */
export const nothingTold = { sessionId: undefined, upTo: null, unread: 0 } as const

/** What the page hears next. What was there when a chat was gone on with is no news; what a chat begins with is. */
export function newsFor(
  told: Told | typeof nothingTold,
  state: Pick<ChatState, 'sessionId' | 'conversation'>,
  isSeen: boolean,
): { told: Told; news: ToHost[] } {
  const { sessionId, conversation } = state
  const { messages, cursor } = conversation
  const isSame = told.sessionId === sessionId
  const before = isSame ? told.upTo : told.sessionId === null ? 0 : null
  const upTo = cursor === null ? before : (messages.at(-1)?.seq ?? before ?? 0)
  const unread = isSeen ? 0 : unreadIn(conversation)
  const isNew = ({ seq }: { seq: number }) => cursor !== null && before !== null && seq > before
  return {
    told: { sessionId, upTo, unread },
    news: [
      ...(isSame ? [] : [{ deskbridge: 'session', sessionId } as const]),
      ...messages.filter(isNew).flatMap((message) => {
        const heard = heardOf(message)
        return heard ? [{ deskbridge: 'message', message: heard } as const] : []
      }),
      ...(unread === told.unread ? [] : [{ deskbridge: 'unread', count: unread } as const]),
    ],
  }
}

function heardOf(message: ChatState['conversation']['messages'][number]): HeardMessage | null {
  const { id, sessionId, senderType, senderName, content, deleted } = message
  if (senderType === 'system' || deleted) return null
  return { id, sessionId, from: senderType, name: senderName, text: content }
}
