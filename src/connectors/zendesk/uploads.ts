import { type FileBytes, RemoteFailure } from '../../bridge/port.ts'
import type { FileRef } from '../../contract/event.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'

/** Uploads the files of a comment; answers the token under which it names them, null for none. */
export function createUploads({
  api,
  files,
  logger,
}: {
  api: Pick<ZendeskApi, 'upload'>
  files: FileBytes
  logger: Logger
}): (wanted: readonly FileRef[]) => Promise<string | null> {
  return async (wanted) => {
    let token: string | null = null
    for (const { id, name, type } of wanted) {
      const bytes = await files.of(id)
      if (bytes === null) continue
      // What cannot be attached is still a link in the text.
      token = await api.upload({ name, type, bytes: new Uint8Array(bytes) }, token).catch((error: unknown) => {
        if (!(error instanceof RemoteFailure) || error.failure.kind !== 'refused') throw error
        logger.warn({ file: id, err: error }, 'a file is not attached to its comment')
        return token
      })
    }
    return token
  }
}
