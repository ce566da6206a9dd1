import { fileKey } from '../../contract/arrived-keys.ts'
import type { EventKey, FileId, SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { type ArrivedFile, takeInArrived } from '../files/take-in-arrived.ts'
import { postFile } from './post-file.ts'
import { type NewMessage, postMessage } from './post-message.ts'

interface Taken {
  key: EventKey
  file: { id: FileId; by: string }
}

/**
 * A message, and behind it what was sent along, each under a key of its own. All files are taken in before anything is said,
 * so that a refused one leaves nothing half said. Repeating it says what is not there yet.
 */
export async function sayWithFiles(
  deps: Pick<ChatDeps, 'log' | 'limits' | 'files' | 'now'>,
  message: Omit<NewMessage, 'file'>,
  files: readonly ArrivedFile[],
): Promise<void> {
  const taken = await takeInMissing(deps, message, files)
  if (message.content.trim() !== '' || files.length === 0) await postMessage(deps, message)
  for (const { key, file } of taken)
    await postFile(deps, { ...message, key, content: '' }, file, (complete) => postMessage(deps, complete))
}

async function takeInMissing(
  deps: Pick<ChatDeps, 'log' | 'limits' | 'files'>,
  message: { session: SessionId; key: EventKey; origin: string },
  files: readonly ArrivedFile[],
): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const [index, file] of files.entries()) {
    const key = fileKey(message.key, index)
    if (await deps.log.find(message.session, key)) continue
    taken.push({ key, file: await takeInArrived(deps, file, message) })
  }
  return taken
}
