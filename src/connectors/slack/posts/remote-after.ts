import type { Remote } from '../../../bridge/port/call.ts'
import { threadOf } from '../message-ids.ts'
import type { Post } from './body.ts'
import { withStory } from './story-in.ts'

type Posted = Pick<Partial<Post>, 'thread_ts' | 'says' | 'tells' | 'leaves' | 'movedAt'>

/** A root found or made is the link's thread; a reply leaves it as it is. */
export function remoteAfter(post: Posted, posted: { channel: string; ts: string }, remote: Remote): Remote {
  return withProgress(post, post.thread_ts === undefined ? withRoot(post, posted) : remote)
}

/** What a post does to the way of a chat from one thread to another. */
export function withProgress({ tells, leaves }: Posted, remote: Remote): Remote {
  const left = leaves === undefined ? remote : { ...remote, leaves }
  return tells ? withStory(left, tells) : left
}

const withRoot = ({ says, movedAt }: Posted, { channel, ts }: { channel: string; ts: string }): Remote => ({
  ...{ thread: threadOf(channel, ts), channel, ts },
  ...(says !== undefined && { says }),
  ...(movedAt !== undefined && { movedAt: String(movedAt) }),
})
