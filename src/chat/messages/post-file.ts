import { DeskbridgeError } from '../../contract/errors.ts'
import type { FileRef, LogEvent } from '../../contract/event.ts'
import type { FileId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { checkMessage, type NewMessage } from './post-message.ts'

/**
 * A message with a file that its sender has uploaded: `by` says who that is. Throws what `check` throws of the file,
 * `not_found` for one that they cannot send, and what `post` throws; then they can send it with another.
 */
export async function postFile(
  deps: Pick<ChatDeps, 'limits' | 'files'>,
  message: NewMessage,
  { id, by }: { id: FileId; by: string },
  post: (message: NewMessage) => Promise<LogEvent>,
  check: (file: FileRef) => void = () => {},
): Promise<LogEvent> {
  const { session, key, internal } = message
  const claim = { session, key, internal, by }
  const file = await deps.files.claim(id, claim, (found) => {
    checkMessage(deps, { ...message, file: found })
    check(found)
  })
  try {
    const event = await post({ ...message, file })
    await deps.files.keep(id, { key, internal })
    return event
  } catch (error) {
    // Unless nobody knows yet whether it is stored.
    const isRefused = error instanceof DeskbridgeError && error.code !== 'unavailable'
    if (isRefused) await deps.files.giveUp(id, claim)
    throw error
  }
}
