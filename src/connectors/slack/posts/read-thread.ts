import type { Page, Range, SlackApi } from '../api.ts'
import { isRefusal } from '../failures.ts'
import { channelAndTs } from '../message-ids.ts'

export async function* pages(readPage: (range: Range) => Promise<Page>, range: Range): AsyncGenerator<Page> {
  let cursor: string | null = null
  do {
    const page: Page = await readPage(cursor === null ? range : { ...range, cursor })
    yield page
    cursor = page.next
  } while (cursor !== null)
}

/** All that stands in a thread, its root among it; nothing of one that is gone. */
export async function* messagesIn(api: Pick<SlackApi, 'replies'>, thread: string): AsyncGenerator<Page['messages']> {
  const root = channelAndTs(thread)
  if (!root) return
  try {
    for await (const { messages } of pages((range) => api.replies(root.channel, root.ts, range), {})) yield messages
  } catch (error) {
    if (!isRefusal(error, ['thread_not_found'])) throw error
  }
}
