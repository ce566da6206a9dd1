import type { FrozenCall, LinkView, Receipt } from '../../../bridge/port/call.ts'
import type { Page, Range, SlackApi } from '../api.ts'
import { classified, isRefusal } from '../failures.ts'
import { markerOf, removedMetadata, type SlackMessage } from '../message.ts'
import { channelAndTs, orderOf, remoteIdOf, tsAt } from '../message-ids.ts'
import { Body } from './body.ts'
import { messagesIn, pages } from './read-thread.ts'
import { remoteAfter } from './remote-after.ts'

export interface FindDeps {
  api: SlackApi
}

/** Slack's clock and ours may differ by so much, or we could not even read its pushes. */
const clockMarginMs = 600_000

/**
 * Looks for a call's post among all that was posted since; the older comes first where there are two. Of a change that was
 * made in place nothing tells whose it was: it is made again, and only what was said in a new post instead is found. A file
 * that was shared carries no marker: it is found by its own id. Of one that only went up nothing is seen.
 */
export function findPost(deps: FindDeps, call: FrozenCall, link: LinkView): Promise<Receipt | null> {
  return classified('link', async () => {
    const post = Body.parse(call.body)
    if (post.kind === 'upload') return null
    const oldest = tsAt(call.startedAt - clockMarginMs)
    const found: SlackMessage[] = []
    for await (const { messages } of pages((range) => read(deps, post, range), { oldest })) {
      found.push(...messages.filter((message) => isOf(message, call.marker, post)))
    }
    const stamps = [...new Set(found.map((message) => message.ts))].sort(byOrder)
    const [ts] = stamps
    if (ts === undefined) return null
    const { channel } = post
    return {
      remote: remoteAfter(post, { channel, ts }, link.remote),
      remoteIds: stamps.map((stamp) => remoteIdOf(channel, stamp)),
    }
  })
}

const isOf = (message: SlackMessage, marker: string, body: Body): boolean =>
  markerOf(message) === marker || (body.kind === 'share' && sharesFile(message, body.file))

const sharesFile = ({ files = [] }: SlackMessage, file: string): boolean => files.some(({ id }) => id === file)

const byOrder = (a: string, b: string): number => (orderOf(a) < orderOf(b) ? -1 : 1)

const read = (deps: FindDeps, { channel, thread_ts }: Body, range: Range): Promise<Page> =>
  thread_ts === undefined ? deps.api.history(channel, range) : deps.api.replies(channel, thread_ts, range)

/** The markers of all that is ours in a thread, its root among them. Shared files carry none: they are known by what is recorded of them. */
export function standingPosts(
  deps: FindDeps,
  thread: string,
  brought: readonly { marker: string; remoteId: string }[],
): Promise<ReadonlySet<string>> {
  return classified('link', async () => {
    const channel = channelAndTs(thread)?.channel ?? ''
    const markers = new Set<string>()
    for await (const messages of messagesIn(deps.api, thread))
      for (const message of messages) for (const marker of markersOf(channel, message, brought)) markers.add(marker)
    return markers
  })
}

function markersOf(
  channel: string,
  message: SlackMessage,
  brought: readonly { marker: string; remoteId: string }[],
): string[] {
  const marker = markerOf(message)
  if (marker !== null) return [marker]
  if (!message.files?.length) return []
  return brought.filter(({ remoteId }) => remoteId === remoteIdOf(channel, message.ts)).map((record) => record.marker)
}

/** Takes a duplicate out of sight; a post under another's name can only be emptied. */
export function removePost(deps: FindDeps, remoteId: string): Promise<void> {
  return classified('link', async () => {
    const post = channelAndTs(remoteId)
    if (!post) return
    try {
      await deps.api.remove(post.channel, post.ts)
    } catch (error) {
      if (isRefusal(error, ['message_not_found'])) return
      if (!isRefusal(error, ['cant_delete_message', 'compliance_exports_prevent_deletion'])) throw error
      await deps.api
        .replace({ ...post, text: '_Posted twice; removed._', metadata: removedMetadata })
        .catch(unlessItCannotBeChanged)
    }
  })
}

/** What Slack lets nobody take away must not hold up what comes after it. */
function unlessItCannotBeChanged(error: unknown): void {
  if (!isRefusal(error, ['message_not_found', 'cant_update_message', 'edit_window_closed'])) throw error
}
