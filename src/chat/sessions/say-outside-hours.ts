import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { ChatDeps } from '../chat.ts'

const rule = 'outside-hours'

/** Tells the visitor of a new chat, once, that nobody is there; nothing where the inbox has no text for it. */
export async function sayOutsideHours(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  { text }: Inbox['outsideHours'],
): Promise<void> {
  if (text === null) return
  await deps.log.append({
    session,
    key: EventKey.parse(`auto:${rule}:1`),
    decide: (state) =>
      state
        ? {
            append: {
              type: 'message',
              actor: { kind: 'system', rule },
              origin: 'deskbridge',
              body: { messageType: 'system', content: text, internal: false },
            },
          }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
