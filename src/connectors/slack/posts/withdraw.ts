import type { Page, SlackApi } from '../api.ts'
import { isRefusal } from '../failures.ts'

const gone = ['file_not_found', 'file_deleted']
const kept = ['cant_delete_file', 'delete_not_allowed', 'file_deleting_disabled', 'missing_scope']

/** Deletes files for good; answers how many of them Slack keeps. */
export async function withdrawFiles(api: Pick<SlackApi, 'removeFile'>, files: readonly string[]): Promise<number> {
  let left = 0
  for (const file of files) {
    try {
      await api.removeFile(file)
    } catch (error) {
      if (isRefusal(error, kept)) left += 1
      else if (!isRefusal(error, gone)) throw error
    }
  }
  return left
}

/** The files that a post of ours still shows. */
export async function filesOfPost(
  api: Pick<SlackApi, 'replies'>,
  { channel, thread_ts, ts }: { channel: string; thread_ts: string; ts: string },
): Promise<string[]> {
  const { messages } = await api.replies(channel, thread_ts, { oldest: ts, latest: ts, inclusive: true })
  return filesIn(messages.filter((message) => message.ts === ts))
}

/** The files that still stand in messages. */
export const filesIn = (messages: Page['messages']): string[] =>
  messages.flatMap(({ files = [] }) => files.flatMap(({ id, mode }) => (id && mode !== 'tombstone' ? [id] : [])))
