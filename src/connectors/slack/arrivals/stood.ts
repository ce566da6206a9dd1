import type { InboxItem, Stood } from '../../../bridge/port/arrival.ts'
import type { Page, SlackApi } from '../api.ts'
import { classified } from '../failures.ts'
import { channelAndTs, orderOf, remoteIdOf, tsAt } from '../message-ids.ts'
import { deletionOf } from './changes.ts'

type Place = { channel: string; ts: string }

/** A workspace may keep its messages for as little as a day: that older ones are gone does not say that somebody deleted them. */
const mayBeKeptNoLongerMs = 23 * 3_600_000
/** Slack may not show everywhere yet what was posted so lately. */
const mayNotBeShownYetMs = 60_000

/** What one whole answer says stood in a thread behind `since`, a `ts`. Null: it is not whole, or the thread's root is gone. */
export function stoodIn({ messages, next }: Page, root: Place, since: string, now: number): Stood | null {
  if (next !== null || !isThere(messages, root.ts)) return null
  const oldest = tsAt(Math.max(Number(since) * 1_000, now - mayBeKeptNoLongerMs))
  return {
    after: orderOf(oldest),
    upTo: orderOf(tsAt(now - mayNotBeShownYetMs)),
    ids: messages.map(({ ts }) => remoteIdOf(root.channel, ts)),
  }
}

/** In place of a root that was deleted, Slack shows a tombstone while there are replies. */
const isThere = (messages: Page['messages'], root: string): boolean =>
  messages.some(({ ts, subtype }) => ts === root && subtype !== 'tombstone')

/** The deletion of a reply, as Slack would have pushed it; null while its thread is not there, or it is. */
export function goneReply(
  { api }: { api: Pick<SlackApi, 'replies'> },
  { id, thread }: Pick<InboxItem, 'id' | 'thread'>,
): Promise<InboxItem | null> {
  return classified('link', async () => {
    const [reply, root] = [channelAndTs(id), channelAndTs(thread)]
    if (!reply || root?.channel !== reply.channel) return null
    const { channel, ts } = reply
    const only = { oldest: ts, latest: ts, inclusive: true }
    const { messages } = await api.replies(channel, root.ts, only)
    if (!isThere(messages, root.ts) || messages.some((message) => message.ts === ts)) return null
    return deletionOf(channel, root.ts, { ts, thread_ts: root.ts })
  })
}
