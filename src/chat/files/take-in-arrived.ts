import type { FileId, SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'

/** What somebody sent along elsewhere. */
export interface ArrivedFile {
  name: string
  read(most: number): Promise<Uint8Array>
}

/** Whose a file is that arrived from elsewhere: nobody who is connected here can send it. */
const arrivedFrom = (origin: string) => `arrived:${origin}`

/** Fetches a file and keeps it as an upload of its own. Throws `file_…`, and what `read` throws. */
export async function takeInArrived(
  { files, limits }: Pick<ChatDeps, 'files' | 'limits'>,
  { name, read }: ArrivedFile,
  { session, origin }: { session: SessionId; origin: string },
): Promise<{ id: FileId; by: string }> {
  const by = arrivedFrom(origin)
  const bytes = await read(limits.maxFileSize)
  const { id } = await files.takeIn({ name, bytes }, { session, by })
  return { id, by }
}
