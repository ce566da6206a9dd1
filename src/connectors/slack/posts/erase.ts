import type { EraseStep, Trace } from '../../../bridge/port/call.ts'
import type { SlackApi } from '../api.ts'
import { classified, isRefusal } from '../failures.ts'
import { erasedMetadata } from '../message.ts'
import { channelAndTs, remoteIdOf } from '../message-ids.ts'
import { messagesIn } from './read-thread.ts'
import { filesIn, withdrawFiles } from './withdraw.ts'

const erasedText = '_Erased._'

/** Slack shows the author's name above such a post for good: an app cannot change it. */
const nameStays = 'the text is gone, the name above the post can only be removed by an administrator of the workspace'
const locked = 'Slack does not let this post be changed any more'

const filesStay = 'Slack does not let this file be deleted'

/** The step after the files in the thread are gone; the posts follow. */
const postsNext = 'posts'

const othersStay = 'what people wrote in the thread, which only they or an administrator can delete'

/**
 * Erases the files in our posts, and then the first of these after `from` (a remote id). Ours under the app's own name is
 * deleted; the root keeps its thread together, and a post under another's name cannot be deleted: they are emptied. What
 * people wrote is counted.
 */
export function erasePost(deps: { api: SlackApi }, trace: Trace, from: string | null): Promise<EraseStep> {
  const remoteId = trace.remoteIds[trace.remoteIds.indexOf(from ?? '') + 1]
  return classified('link', async () => {
    if (from === null) return { next: postsNext, wiped: 0, ...(await eraseFiles(deps, trace)) }
    if (remoteId === undefined) return { next: null, wiped: 0, ...(await countOthers(deps, trace)) }
    const post = channelAndTs(remoteId)
    if (!post) return { next: remoteId, wiped: 0 }
    const done = await (remoteId === trace.thread ? empty(deps, post, trace) : remove(deps, post, trace))
    return { next: remoteId, ...done }
  })
}

/** They stay in Slack when the post that shows them is deleted. */
async function eraseFiles({ api }: { api: SlackApi }, trace: Trace): Promise<Pick<EraseStep, 'left'>> {
  const ours = new Set(trace.remoteIds)
  const channel = channelAndTs(trace.thread)?.channel ?? ''
  let left = 0
  for await (const messages of messagesIn(api, trace.thread))
    left += await withdrawFiles(api, filesIn(messages.filter(({ ts }) => ours.has(remoteIdOf(channel, ts)))))
  return left > 0 ? { left: { [filesStay]: left } } : {}
}

async function countOthers({ api }: { api: SlackApi }, { thread }: Trace): Promise<Pick<EraseStep, 'left'>> {
  const root = channelAndTs(thread)
  let count = 0
  for await (const messages of messagesIn(api, thread))
    count += messages.filter(({ bot_id: bot, ts }) => bot === undefined && ts !== root?.ts).length
  return count > 0 ? { left: { [othersStay]: count } } : {}
}

type Post = { channel: string; ts: string }
type Done = Pick<EraseStep, 'wiped' | 'left'>

async function remove({ api }: { api: SlackApi }, post: Post, trace: Trace): Promise<Done> {
  try {
    await api.remove(post.channel, post.ts)
    return { wiped: 1 }
  } catch (error) {
    if (isRefusal(error, ['message_not_found'])) return { wiped: 0 }
    if (!isRefusal(error, ['cant_delete_message'])) throw error
    const emptied = await empty({ api }, post, trace)
    return emptied.wiped > 0 ? { ...emptied, left: { [nameStays]: 1 } } : emptied
  }
}

async function empty({ api }: { api: SlackApi }, post: Post, { session }: Trace): Promise<Done> {
  try {
    await api.replace({ ...post, text: erasedText, metadata: erasedMetadata(session) })
    return { wiped: 1 }
  } catch (error) {
    if (isRefusal(error, ['message_not_found'])) return { wiped: 0 }
    if (isRefusal(error, ['cant_update_message', 'edit_window_closed'])) return { wiped: 0, left: { [locked]: 1 } }
    throw error
  }
}
