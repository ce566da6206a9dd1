import type { InboxItem, Missed, Stood } from '../../../bridge/port/arrival.ts'
import type { Remote } from '../../../bridge/port/call.ts'
import type { Page, Range, SlackApi } from '../api.ts'
import { classified, isRefusal } from '../failures.ts'
import type { SlackMessage } from '../message.ts'
import { msOfOrder, orderOf, remoteIdOf, threadOf, tsAt, tsOfOrder } from '../message-ids.ts'
import { pages } from '../posts/read-thread.ts'
import { editOf } from './changes.ts'
import { stoodIn } from './stood.ts'

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

/** `since`: it begins there, and may be all that follows. */
type Part = Page & { since?: string }

/** The whole thread, if it fits on a page; otherwise what was written lately before `after`, a page of it, and then what follows. */
async function* pagesAfter(read: (range: Range) => Promise<Page>, after: string | null): AsyncGenerator<Part> {
  const whole = await read({})
  yield { ...whole, since: '0' }
  if (whole.next === null) return
  if (after === null) return yield* pages(read, { cursor: whole.next })
  const oldest = tsAt(msOfOrder(after) - writtenLatelyMs)
  const lately = await read({ oldest })
  yield { ...lately, since: oldest }
  if (lately.next !== null) yield* pages(read, { oldest: tsOfOrder(after) })
}

/** A page of what stands in the thread after `order`, whoever wrote it, and what was edited. Empty only at the end. */
export function missedReplies(deps: MissedDeps, remote: Remote, after: string | null): Promise<Missed> {
  return classified('link', async () => {
    const { channel, ts } = remote
    if (channel === undefined || ts === undefined) return { items: [], more: false }
    const isNew = ({ order }: InboxItem) => after === null || order > after
    const found = new Map<string, InboxItem>()
    let stood: Stood | null = null
    const missed = (more: boolean): Missed => ({ items: inOrder(found), more, ...(stood && { stood }) })
    for await (const part of pagesAfter((range) => repliesIfThere(deps.api, { channel, ts }, range), after)) {
      const { messages, next, since } = part
      if (since !== undefined) stood = stoodIn(part, { channel, ts }, since, deps.now())
      const items = messages
        .filter((message) => message.ts !== ts)
        .flatMap((message) => itemsOf(deps, channel, ts, message))
      for (const item of items) if (item.of !== undefined || isNew(item)) found.set(item.id, item)
      if ([...found.values()].some(isNew)) return missed(next !== null)
    }
    return missed(false)
  })
}

const nothing: Page = { messages: [], next: null }

/** In a thread that is gone there is nothing to be missed. */
const repliesIfThere = (
  api: MissedDeps['api'],
  { channel, ts }: { channel: string; ts: string },
  range: Range,
): Promise<Page> =>
  api.replies(channel, ts, range).catch((error: unknown) => {
    if (!isRefusal(error, ['thread_not_found'])) throw error
    return nothing
  })

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
