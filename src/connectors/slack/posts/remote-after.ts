import type { Remote } from '../../../bridge/port.ts'
import { threadOf } from '../message-ids.ts'
import type { Story } from './body.ts'
import { withStory } from './story-in.ts'

interface Posted {
  thread_ts?: string | undefined
  says?: string | undefined
  tells?: Story | undefined
}

/** A root found or made is the link's thread; a reply leaves it as it is. */
export function remoteAfter(post: Posted, posted: { channel: string; ts: string }, remote: Remote): Remote {
  const after = post.thread_ts === undefined ? withRoot(post, posted) : remote
  return post.tells ? withStory(after, post.tells) : after
}

const withRoot = ({ says }: Posted, { channel, ts }: { channel: string; ts: string }): Remote => ({
  ...{ thread: threadOf(channel, ts), channel, ts },
  ...(says !== undefined && { says }),
})
