import type { InboxItem, Missed, Remote } from '../../../bridge/port.ts'
import type { Page, Range, SlackApi } from '../api.ts'
import { classified } from '../failures.ts'
import type { SlackMessage } from '../message.ts'
import { msOfOrder, orderOf, remoteIdOf, threadOf, tsAt, tsOfOrder } from '../message-ids.ts'
import { pages } from '../posts/read-thread.ts'
import { editOf } from './changes.ts'

interface MissedDeps {
  api: Pick<SlackApi, 'replies'>
  now(): number
}

/** Of a thread that takes several pages, edits of what was written so lately are found, on the first page of it. */
const writtenLatelyMs = 86_400_000

/**
 * Edits older than this are not looked for: what became of them is known here no longer, and brought once more they would
 * undo what was done to the message since.
 */
const editedLatelyMs = 6 * 86_400_000

/** The whole thread, if it fits on a page; otherwise what was written lately before `after`, a page of it, and then what follows. */
async function* pagesAfter(read: (range: Range) => Promise<Page>, after: string | null): AsyncGenerator<Page> {
  if (after === null) return yield* pages(read, {})
  const whole = await read({})
  yield whole
  if (whole.next === null) return
  const lately = await read({ oldest: tsAt(msOfOrder(after) - writtenLatelyMs) })
  yield lately
  if (lately.next !== null) yield* pages(read, { oldest: tsOfOrder(after) })
}

/** A page of what stands in the thread after `order`, whoever wrote it, and what was edited. Empty only at the end. */
export function missedReplies(deps: MissedDeps, remote: Remote, after: string | null): Promise<Missed> {
  return classified('link', async () => {
    const { channel, ts } = remote
    if (channel === undefined || ts === undefined) return { items: [], more: false }
    const isNew = ({ order }: InboxItem) => after === null || order > after
    const found = new Map<string, InboxItem>()
    for await (const { messages, next } of pagesAfter((range) => deps.api.replies(channel, ts, range), after)) {
      const items = messages
        .filter((message) => message.ts !== ts)
        .flatMap((message) => itemsOf(deps, channel, ts, message))
      for (const item of items) if (item.of !== undefined || isNew(item)) found.set(item.id, item)
      if ([...found.values()].some(isNew)) return { items: inOrder(found), more: next !== null }
    }
    return { items: inOrder(found), more: false }
  })
}

const inOrder = (found: ReadonlyMap<string, InboxItem>): InboxItem[] =>
  [...found.values()].sort((a, b) => (a.order < b.order ? -1 : 1))

const itemsOf = ({ now }: MissedDeps, channel: string, root: string, message: SlackMessage): InboxItem[] => {
  const editedAt = Number(message.edited?.ts ?? 0) * 1_000
  const edit = editedAt >= now() - editedLatelyMs ? editOf(channel, root, message) : null
  return [inboxItem(channel, root, message), ...(edit ? [edit] : [])]
}

export const inboxItem = (channel: string, root: string, message: SlackMessage): InboxItem => ({
  id: remoteIdOf(channel, message.ts),
  thread: threadOf(channel, root),
  order: orderOf(message.ts),
  raw: message,
})
