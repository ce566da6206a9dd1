import type { FileBytes, Transcripts } from '../../bridge/port/asked.ts'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import type { Update } from './plan/body.ts'

interface Uploaded {
  /** Under which a comment names them; null: none. */
  token: string | null
  /** The page is among them. */
  hasPage: boolean
}

interface Upload {
  name: string
  type: string
  bytes(): Promise<Uint8Array | null>
}

/** Uploads what goes with a comment. What the account does not take is left out. */
export function createUploads(deps: {
  api: Pick<ZendeskApi, 'upload'>
  files: FileBytes
  transcripts: Transcripts
  logger: Logger
}): (session: SessionId, body: Pick<Update, 'files' | 'pageUpTo'>) => Promise<Uploaded> {
  const { api, files, transcripts, logger } = deps

  /** Answers the token, or null where the account does not take it. */
  const put = async ({ name, type, bytes }: Upload, token: string | null): Promise<string | null> => {
    const found = await bytes()
    if (found === null) return null
    return api.upload({ name, type, bytes: new Uint8Array(found) }, token).catch((error: unknown) => {
      if (!(error instanceof RemoteFailure) || error.failure.kind !== 'refused') throw error
      logger.warn({ file: name, err: error }, 'a file is not attached to its comment')
      return null
    })
  }

  return async (session, { files: wanted, pageUpTo }) => {
    let token: string | null = null
    for (const { id, name, type } of wanted)
      token = (await put({ name, type, bytes: () => files.of(id) }, token)) ?? token
    if (pageUpTo === undefined) return { token, hasPage: false }
    const page = { name: `${session}.html`, type: 'text/html', bytes: () => transcripts.page(session, pageUpTo) }
    const withPage = await put(page, token)
    return { token: withPage ?? token, hasPage: withPage !== null }
  }
}
