import type { FileBytes } from '../../../bridge/port/asked.ts'
import type { SlackApi, UploadPlace } from '../api.ts'
import { isOfTheContent, isRefusal, withoutEffect } from '../failures.ts'
import { fileHosts, slacksOwn } from '../own-hosts.ts'
import { filesScope } from '../permissions.ts'
import type { Workspaces } from '../workspace.ts'
import type { Upload } from './body.ts'

/** Slack's id of a file that it has by now; null: it does not take it. */
export type Uploads = (file: Upload['file'], until: AbortSignal) => Promise<string | null>

/** Refusals of whatever file. */
const ofAllFiles = ['missing_scope', 'file_uploads_disabled', 'storage_limit_reached']

/** Uploads files, seen by nobody yet. One that cannot be uploaded keeps nothing waiting: its link does. */
export function createUploads(deps: {
  api: Pick<SlackApi, 'uploadPlace'>
  files: FileBytes
  workspaces: Workspaces
  apiUrl: string
}): Uploads {
  const isSlacks = slacksOwn(deps.apiUrl, fileHosts)

  const place = async (name: string, length: number, until: AbortSignal): Promise<UploadPlace | null> => {
    try {
      return await deps.api.uploadPlace(name, length, until)
    } catch (error) {
      const isOfAll = isRefusal(error, ofAllFiles)
      if (isOfAll) deps.workspaces.refused(filesScope)
      else if (!isOfTheContent(error)) throw error
      return null
    }
  }

  const put = async (address: string, bytes: Uint8Array, until: AbortSignal): Promise<boolean> => {
    const url = URL.parse(address)
    if (!url || !isSlacks(url)) return false
    const headers = { 'content-type': 'application/octet-stream' }
    const body = new Uint8Array(bytes)
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: until, redirect: 'manual' })
      await answer.body?.cancel()
      return answer.ok
    } catch {
      return false
    }
  }

  return async ({ id, name }, until) => {
    const bytes = await deps.files.of(id)
    if (bytes === null || bytes.byteLength === 0) return null
    const found = await withoutEffect(() => place(name, bytes.byteLength, until))
    return found && (await put(found.url, bytes, until)) ? found.file : null
  }
}
